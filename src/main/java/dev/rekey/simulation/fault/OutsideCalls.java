package dev.rekey.simulation.fault;

import dev.rekey.reencryption.PatchMode;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.PatchLane;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the engine and everything outside it: numbers each call, asks what is to happen at
 * it, and lets it happen. For one thread.
 */
public final class OutsideCalls {
  private final FaultSource faults;
  private final Instances instances;
  private final Consumer<Fault> others;
  private final Consumer<Observed> observer;
  private int number;
  private boolean calm;

  /**
   * A call with what happened at it.
   *
   * @param fault empty where all went well
   */
  public record Observed(OutsideCall call, Optional<Fault> fault) {}

  /**
   * @param instances which of them is at work
   * @param others lets a disturbance happen
   * @param observer told of each call, before it is made and after what others do
   */
  public OutsideCalls(
      FaultSource faults,
      Instances instances,
      Consumer<Fault> others,
      Consumer<Observed> observer) {
    this.faults = faults;
    this.instances = instances;
    this.others = others;
    this.observer = observer;
  }

  /** From now on nothing goes wrong any more. */
  public void calm() {
    calm = true;
  }

  /** How many calls there were. */
  public int count() {
    return number;
  }

  /**
   * What the engine is given in place of the real thing.
   *
   * @param type an interface; what its methods return of other ports is watched as well
   */
  public <T> T watch(Class<T> type, OutsideSystem system, T real) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> invoke(type, system, real, method, arguments));
    return type.cast(proxy);
  }

  private @Nullable Object invoke(
      Class<?> type,
      OutsideSystem system,
      Object real,
      Method method,
      @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class || method.getName().equals("close")) {
      return call(real, method, arguments);
    }
    instances.checkAlive();
    String port = type.getSimpleName() + "." + method.getName();
    Object about = arguments == null || arguments.length == 0 ? null : arguments[0];
    OutsideCall call = new OutsideCall(++number, system, port, about);
    Optional<Fault> fault =
        calm ? Optional.empty() : faults.at(call).filter(any -> any.canHappenAt(call));
    fault.filter(Fault::isDisturbance).ifPresent(others);
    observer.accept(new Observed(call, fault));
    return watched(answer(call, fault, real, method, arguments), real);
  }

  private @Nullable Object answer(
      OutsideCall call,
      Optional<Fault> fault,
      Object real,
      Method method,
      @Nullable Object @Nullable [] arguments)
      throws Throwable {
    if (fault.isEmpty() || fault.get().isDisturbance()) {
      return call(real, method, arguments);
    }
    Object[] given = arguments == null ? new Object[0] : arguments;
    return new FaultyCall(call, fault.get(), instances)
        .make(() -> call(real, method, arguments), real, given);
  }

  private @Nullable Object watched(@Nullable Object answer, Object real) {
    if (answer instanceof ApiServers servers) {
      return watch(ApiServers.class, OutsideSystem.API_SERVER, servers);
    }
    if (answer instanceof PatchLane lane) {
      PatchLane dryRuns = ((ApiServers) real).openLane(PatchMode.DRY_RUN);
      return watch(PatchLane.class, OutsideSystem.API_SERVER, new FaultyLane(lane, dryRuns));
    }
    return answer;
  }

  private static @Nullable Object call(
      Object real, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
