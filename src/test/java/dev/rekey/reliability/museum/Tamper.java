package dev.rekey.reliability.museum;

import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Signals;
import dev.rekey.service.port.Vault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.UnaryOperator;

/** Puts a defect between the engine and one of its ports. */
public final class Tamper {
  private Tamper() {}

  /** The call as it should be. */
  public interface Call {
    Object make() throws Throwable;
  }

  /** What a defective engine makes of a call. */
  public interface Defect {
    Object instead(Object[] arguments, Call call) throws Throwable;
  }

  static UnaryOperator<Ports> clusters(String method, Defect defect) {
    return ports -> with(ports, change(ManagedClusters.class, ports.clusters(), method, defect));
  }

  static UnaryOperator<Ports> surroundings(String method, Defect defect) {
    return ports ->
        new Ports(
            ports.clusters(),
            change(ClusterSurroundings.class, ports.surroundings(), method, defect),
            ports.vault(),
            ports.kubernetes(),
            ports.records(),
            ports.messages(),
            ports.signals(),
            ports.ids(),
            ports.time());
  }

  public static UnaryOperator<Ports> vault(String method, Defect defect) {
    return ports ->
        new Ports(
            ports.clusters(),
            ports.surroundings(),
            change(Vault.class, ports.vault(), method, defect),
            ports.kubernetes(),
            ports.records(),
            ports.messages(),
            ports.signals(),
            ports.ids(),
            ports.time());
  }

  public static UnaryOperator<Ports> records(String method, Defect defect) {
    return ports -> with(ports, change(Records.class, ports.records(), method, defect));
  }

  static Ports with(Ports ports, Signals signals) {
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        ports.records(),
        ports.messages(),
        signals,
        ports.ids(),
        ports.time());
  }

  static UnaryOperator<Ports> apiServers(String method, Defect defect) {
    return ports -> {
      Kubernetes real = ports.kubernetes();
      return with(
          ports, cluster -> change(ApiServers.class, real.connect(cluster), method, defect));
    };
  }

  /** Puts something else in place of the API servers, anew at each connection. */
  public static Ports connecting(Ports ports, UnaryOperator<ApiServers> instead) {
    Kubernetes real = ports.kubernetes();
    return with(ports, cluster -> instead.apply(real.connect(cluster)));
  }

  static UnaryOperator<Ports> lanes(String method, Defect defect) {
    return apiServers(
        "openLane",
        (arguments, call) -> change(PatchLane.class, (PatchLane) call.make(), method, defect));
  }

  private static Ports with(Ports ports, ManagedClusters clusters) {
    return new Ports(
        clusters,
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        ports.records(),
        ports.messages(),
        ports.signals(),
        ports.ids(),
        ports.time());
  }

  static Ports with(Ports ports, Records records) {
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        records,
        ports.messages(),
        ports.signals(),
        ports.ids(),
        ports.time());
  }

  private static Ports with(Ports ports, Kubernetes kubernetes) {
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        kubernetes,
        ports.records(),
        ports.messages(),
        ports.signals(),
        ports.ids(),
        ports.time());
  }

  /** The same thing, but for one method. */
  public static <T> T change(Class<T> type, T real, String changed, Defect defect) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              Call call = () -> call(real, method, arguments);
              return method.getName().equals(changed)
                  ? defect.instead(arguments, call)
                  : call.make();
            }));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
