package dev.rekey.endtoend;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PatchLane;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;

/** The adapter, with the whole text of every exception that comes out of it kept. */
final class RecordingKubernetes implements Kubernetes {
  private final Kubernetes kubernetes;
  private final List<String> faults;

  RecordingKubernetes(Kubernetes kubernetes, List<String> faults) {
    this.kubernetes = kubernetes;
    this.faults = faults;
  }

  @Override
  public ApiServers connect(ClusterName cluster) {
    try {
      return recorded(ApiServers.class, kubernetes.connect(cluster));
    } catch (OutsideFault fault) {
      record(fault);
      throw fault;
    }
  }

  private <T> T recorded(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call(target, method, arguments));
    return type.cast(proxy);
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      Object result = method.invoke(target, arguments);
      return result instanceof PatchLane lane ? recorded(PatchLane.class, lane) : result;
    } catch (InvocationTargetException thrown) {
      record(thrown.getCause());
      throw thrown.getCause();
    }
  }

  private void record(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    faults.add(text.toString());
  }
}
