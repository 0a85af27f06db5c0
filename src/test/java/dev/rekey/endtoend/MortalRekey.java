package dev.rekey.endtoend;

import dev.rekey.app.commandline.OneProcess;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.Plan;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Vault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An engine that is killed wherever it stores something or changes something outside: at each such
 * call of each step once before it and once after it. What was in its queues is lost each time, and
 * another process goes on over the same records.
 */
final class MortalRekey {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private static final Set<String> CHANGES =
      Set.of(
          "save",
          "end",
          "putShards",
          "saveShard",
          "markShard",
          "restore",
          "updateKms",
          "upgradeKubernetes",
          "updateVault");

  private static final Set<StepName> SILENT = Set.of(StepName.CONVERGE, StepName.LOCATE);

  private final RealCluster cluster;

  /** Where it was killed, in words. */
  final Set<String> deaths = new TreeSet<>();

  MortalRekey(RealCluster cluster) {
    this.cluster = cluster;
  }

  /** Nothing is saved any more. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** Works until the operation has ended or stalled, in as many lives as that takes. */
  Operation finish(Operation operation) throws InterruptedException {
    Operation latest = operation;
    while (latest.isActive()) {
      OneProcess life = cluster.process(this::deadly);
      try {
        life.takeUp(latest);
        return life.run(latest, now -> {}, PATIENCE);
      } catch (Killed killed) {
        latest = cluster.latest(operation);
      }
    }
    return latest;
  }

  /** The steps that it was killed in. */
  Set<String> steps() {
    return deaths.stream()
        .map(where -> where.split(" ")[1])
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The steps of a kind of operation that store something even where they find all in order. */
  static List<String> stepsThatStore(Kind kind) {
    return Plan.names(kind).stream()
        .filter(step -> !SILENT.contains(step))
        .map(StepName::token)
        .toList();
  }

  private Ports deadly(Ports plain) {
    return new Ports(
        deadly(ManagedClusters.class, plain.clusters()),
        plain.surroundings(),
        deadly(Vault.class, plain.vault()),
        plain.kubernetes(),
        deadly(Records.class, plain.records()),
        plain.messages(),
        plain.signals(),
        plain.ids(),
        plain.time());
  }

  private <T> T deadly(Class<T> type, T target) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> call(target, method, arguments));
    return type.cast(proxy);
  }

  private Object call(Object target, Method method, Object[] arguments) throws Throwable {
    if (!CHANGES.contains(method.getName())) {
      return invoke(target, method, arguments);
    }
    String where = at() + " " + method.getName();
    strike(where + ", before");
    Object result = invoke(target, method, arguments);
    strike(where + ", after");
    return result;
  }

  private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  /** By what is stored: the step and what it was about to do. */
  private String at() {
    Optional<Pending> pending =
        cluster.rekey.unfinished(cluster.name).map(operation -> operation.progress().pending());
    return pending
        .map(at -> at.number() + " " + at.step().token() + " " + at.reason().token())
        .orElse("0 first-look");
  }

  private void strike(String where) {
    if (deaths.add(where)) {
      throw new Killed();
    }
  }
}
