package dev.rekey.testbed.functionshost.worker;

import dev.rekey.testbed.functionshost.HostLog;
import dev.rekey.testbed.functionshost.HostOptions;
import dev.rekey.testbed.functionshost.PackagedApp;
import dev.rekey.testbed.functionshost.PackagedFunction;
import java.lang.reflect.InvocationTargetException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The Java worker's part. As there, what is caught are exceptions: an {@code Error} outside of the
 * function's method comes through, and means a call that is never answered.
 */
public final class Worker {
  private final ClassLoader app;
  private final FunctionInstances instances = new FunctionInstances();
  private final Map<String, LoadedFunction> functions = new HashMap<>();
  private final Map<String, Throwable> failures = new HashMap<>();

  private Worker(ClassLoader app) {
    this.app = app;
  }

  /** Loads all functions. One that can't be loaded fails at each of its calls. */
  public static Worker load(PackagedApp app, HostOptions options) {
    Worker worker = new Worker(WorkerClasses.ofApp(app, options));
    for (PackagedFunction function : app.functions()) {
      worker.load(function);
    }
    return worker;
  }

  private void load(PackagedFunction function) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(app);
    try {
      instances.find();
      functions.put(function.name(), LoadedFunction.load(function, app));
      HostLog.say("Loaded 'Functions.%s'".formatted(function.name()));
    } catch (Exception | Error e) {
      failures.put(function.name(), e);
      HostLog.say("Loading function failed: 'Functions.%s'".formatted(function.name()), e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  /**
   * Runs a function.
   *
   * @return what it wants written, by the names of its bindings; {@code $return} is what it
   *     returned; nothing is null
   * @throws Exception the call has failed
   * @throws Error the real worker would never answer
   */
  public Map<String, Object> call(String name, String invocationId, TriggerInput input)
      throws Exception {
    LoadedFunction function = loaded(name);
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    Thread.currentThread().setContextClassLoader(app);
    try {
      CallContext context = new CallContext(name, invocationId);
      ParameterValues parameters = new ParameterValues(function, input, context);
      Object[] values = parameters.bind();
      Object instance = instances.of(function.type());
      Object returned = function.method().invoke(instance, values);
      return written(parameters, returned);
    } catch (InvocationTargetException e) {
      throw new FunctionFailed(e.getCause());
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }

  private LoadedFunction loaded(String name) {
    Throwable failure = failures.get(name);
    if (failure instanceof Error error) {
      throw error;
    }
    if (failure != null) {
      throw new FunctionFailed(failure);
    }
    return functions.get(name);
  }

  private static Map<String, Object> written(ParameterValues parameters, Object returned) {
    Map<String, Object> written = new LinkedHashMap<>();
    parameters.outputs().forEach((name, output) -> written.put(name, output.getValue()));
    written.put("$return", returned);
    written.values().removeIf(value -> value == null);
    return written;
  }
}
