package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Vault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A method of a port that no sweep reaches would be one that nothing is known of. */
class EveryPortTest {
  private static final Set<Class<?>> SWEPT =
      Set.of(
          ManagedClusters.class,
          Vault.class,
          Kubernetes.class,
          ApiServers.class,
          PatchLane.class,
          Messages.class,
          Records.class);

  /** Each with the test that stands in for the sweeps. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "ManagedClusters.list", // reports only: ReportClustersTest; find() is what work begins
          // with
          "Records.clusterOf", // asked over HTTP by an id alone: ReadRoutesTest
          "Records.evidence", // shown to people: ReadRoutesTest, PlanAndEvidenceTest
          "Records.exceptions"); // read for evidence: ManyExceptionsTest

  private final Set<String> reached = new TreeSet<>();

  @Test
  void everyMethodOfEveryPort_isReachedByTheSweeps() {
    for (Scenario scenario : Scenario.values()) {
      Course.of(
          Setup.of(Shape.smallest(scenario))
              .tampered(Setup.Tampering.of(this::noting))
              .watched(observed -> reached.add(observed.call().port())));
    }

    Set<String> missing = new TreeSet<>();
    SWEPT.stream().flatMap(EveryPortTest::methods).forEach(missing::add);
    missing.removeAll(reached);
    missing.removeAll(ELSEWHERE);
    assertThat(missing).isEmpty();
  }

  private static Stream<String> methods(Class<?> port) {
    return Arrays.stream(port.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .filter(name -> !name.equals("close"))
        .map(name -> port.getSimpleName() + "." + name);
  }

  /** Faults meet the records at the table below them, so what the engine asks of them is noted. */
  private Ports noting(Ports ports) {
    Records records =
        (Records)
            Proxy.newProxyInstance(
                Records.class.getClassLoader(),
                new Class<?>[] {Records.class},
                (self, method, arguments) -> {
                  reached.add("Records." + method.getName());
                  try {
                    return method.invoke(ports.records(), arguments);
                  } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                  }
                });
    return new Ports(
        ports.clusters(),
        ports.vault(),
        ports.kubernetes(),
        records,
        ports.messages(),
        ports.signals(),
        ports.ids(),
        ports.time());
  }
}
