package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Ids;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Signals;
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
  /** Each with the test that stands in for the sweeps. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "ManagedClusters.list", // for reports: ReconcileTest; work begins with find()
          "Signals.tell", // of what has gone wrong: LoggedSignalsTest
          "Records.clusterOf", // asked over HTTP by an id alone: ReadRoutesTest
          "Records.evidenceIds", // for reports: ReportKeysTest, TableRecordsTest
          "Records.evidence", // shown to people: ReadRoutesTest, PlanAndEvidenceTest
          "Records.exceptions", // read for evidence: ManyExceptionsTest
          "Records.waveReleases", // of several clusters with one key: WavesInTheWorldTest
          "Records.release"); // by a person over HTTP: WavesInTheWorldTest

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
    ports().flatMap(EveryPortTest::methods).forEach(missing::add);
    assertThat(missing).hasSizeGreaterThan(30);
    missing.removeAll(reached);
    missing.removeAll(ELSEWHERE);
    assertThat(missing).isEmpty();
  }

  /** Every interface of the ports' room that isn't a closed set of values. */
  private static Stream<Class<?>> ports() {
    return new ClassFileImporter()
        .importPackagesOf(Records.class).stream()
            .filter(type -> type.isInterface() && type.isTopLevelClass())
            .<Class<?>>map(JavaClass::reflect)
            .filter(type -> !type.isSealed());
  }

  private static Stream<String> methods(Class<?> port) {
    return Arrays.stream(port.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .map(Method::getName)
        .filter(name -> !name.equals("close"))
        .map(name -> port.getSimpleName() + "." + name);
  }

  /** What no fault can meet at a call of its own is noted where the engine asks for it. */
  private Ports noting(Ports ports) {
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        noting(Records.class, ports.records()),
        ports.messages(),
        noting(Signals.class, ports.signals()),
        noting(Ids.class, ports.ids()),
        ports.time());
  }

  private <T> T noting(Class<T> port, T real) {
    return port.cast(
        Proxy.newProxyInstance(
            port.getClassLoader(),
            new Class<?>[] {port},
            (self, method, arguments) -> {
              reached.add(port.getSimpleName() + "." + method.getName());
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            }));
  }
}
