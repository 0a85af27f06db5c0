package dev.rekey.app.simulated.fleet;

import dev.rekey.fleet.OpenAlerts;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells what becomes of operations and alerts when it has been stored. */
final class RecordsWatch implements InvocationHandler {
  private final Records records;
  private final Listener listener;

  /** Who is told. */
  interface Listener {
    /** It has begun, and holds its cluster's lock. */
    void begun(Operation operation);

    /** It has gone on. */
    void saved(Operation operation);

    /** It has ended, and has given up the lock or left it to another. */
    void ended(Operation operation);

    /** These are the alerts of a cluster now. */
    void alerted(ClusterName cluster, OpenAlerts alerts);
  }

  private RecordsWatch(Records records, Listener listener) {
    this.records = records;
    this.listener = listener;
  }

  static Records of(Records records, Listener listener) {
    Object proxy =
        Proxy.newProxyInstance(
            Records.class.getClassLoader(),
            new Class<?>[] {Records.class},
            new RecordsWatch(records, listener));
    return (Records) proxy;
  }

  @Override
  public @Nullable Object invoke(Object self, Method method, @Nullable Object @Nullable [] given)
      throws Throwable {
    Object answer;
    try {
      answer = method.invoke(records, given);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
    if (given != null && given.length > 0) {
      tell(method.getName(), given);
    }
    return answer;
  }

  private void tell(String what, @Nullable Object[] given) {
    Object first = given[0];
    if (what.equals("start") && first instanceof Operation operation) {
      listener.begun(operation);
    } else if (what.equals("saveAlerts")) {
      listener.alerted(
          (ClusterName) Objects.requireNonNull(first),
          (OpenAlerts) Objects.requireNonNull(given[1]));
    } else if (first instanceof Stored<?> stored && stored.value() instanceof Operation operation) {
      switch (what) {
        case "save" -> listener.saved(operation);
        case "end" -> listener.ended(operation);
        case "takeOver" -> {
          listener.ended(operation);
          listener.begun((Operation) given[1]);
        }
        default -> {}
      }
    }
  }
}
