package dev.rekey.app.simulated.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Setup.Tampering;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.key.Restoration;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetYearTest {
  private static final Set<ErrorKind> NO_ERRORS = EnumSet.noneOf(ErrorKind.class);

  @ParameterizedTest
  @ValueSource(longs = {1, 3})
  void peopleErrAndSystemsAreAway_everyClusterEndsProvedAndNoPromiseWasBroken(long seed) {
    FleetYear.Outcome outcome = FleetYear.of(new FleetShape(6, 60, seed));

    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.proved()).isEqualTo(6);
    assertThat(outcome.rotations()).isPositive();
    assertThat(outcome.outages()).isPositive();
    assertThat(outcome.isAsPromised()).isTrue();
  }

  /** The log is a page: a handful of lines for each month. */
  @Test
  void yearOfFiftyClustersOnEightKeys_endsProvedWithNoPromiseBroken() {
    FleetYear.Outcome outcome = FleetYear.of(new FleetShape(50, 365, 1));

    assertThat(outcome.violations()).isEmpty();
    assertThat(outcome.proved()).isEqualTo(50);
    assertThat(outcome.rotations()).isGreaterThan(300);
    assertThat(outcome.outages()).isEqualTo(60);
    assertThat(outcome.log()).hasSizeLessThanOrEqualTo(84);
  }

  @Test
  void sameSeed_sameYear() {
    FleetShape shape = new FleetShape(3, 30, 7);

    assertThat(FleetYear.of(shape)).isEqualTo(FleetYear.of(shape));
  }

  @Test
  void nothingIsEverRewritten_rotationsDoNotComeToTheirEndAndThatIsFound() {
    Tampering neverWriting =
        Tampering.of(ports -> with(ports, (Kubernetes) cluster -> dry(ports, cluster)));

    FleetYear.Outcome outcome = FleetYear.of(new FleetShape(2, 30, 1), NO_ERRORS, neverWriting);

    assertThat(outcome.isAsPromised()).isFalse();
    assertThat(outcome.violations()).anyMatch(broken -> broken.startsWith("P1"));
  }

  @Test
  void proofIsSkippedAfterSomebodyMovedAClusterByHand_lostSecretsAreFound() {
    Tampering skipping = Tampering.of(FleetYearTest::alwaysProved);

    FleetYear.Outcome outcome =
        FleetYear.of(
            new FleetShape(4, 60, 2),
            EnumSet.of(ErrorKind.KEY_ID_CHANGED, ErrorKind.KEY_ID_CHANGED_TWICE),
            skipping);

    assertThat(outcome.violations()).anyMatch(broken -> broken.startsWith("K2"));
  }

  @Test
  void neededVersionIsMadeToExpireSooner_thatIsFound() {
    Tampering shortening = Tampering.of(FleetYearTest::shortening);

    FleetYear.Outcome outcome = FleetYear.of(new FleetShape(3, 30, 1), NO_ERRORS, shortening);

    assertThat(outcome.violations()).anyMatch(broken -> broken.startsWith("K1"));
  }

  @Test
  void whatIsWrongIsNeverTold_thatIsFound() {
    Tampering mute = Tampering.of(FleetYearTest::mute);

    FleetYear.Outcome outcome =
        FleetYear.of(new FleetShape(3, 60, 1), EnumSet.of(ErrorKind.CURRENT_DISABLED), mute);

    assertThat(outcome.violations())
        .anyMatch(broken -> broken.startsWith("T2") && broken.contains("current-disabled"));
  }

  @Test
  void timerNeverTicksAgain_whatItShouldHaveMadeGoodIsFound() {
    FleetYear.Outcome outcome =
        FleetYear.of(
            new FleetShape(6, 60, 1),
            EnumSet.allOf(ErrorKind.class),
            Tampering.NONE.withoutTimer());

    assertThat(outcome.isAsPromised()).isFalse();
  }

  /** An engine whose every patch is a dry run. */
  private static ApiServers dry(Ports ports, ClusterName cluster) {
    ApiServers real = ports.kubernetes().connect(cluster);
    return change(
        ApiServers.class,
        real,
        (method, arguments) ->
            method.getName().equals("openLane")
                ? real.openLane(PatchMode.DRY_RUN)
                : call(real, method, arguments));
  }

  /** An engine whose ledger claims a proof on whatever ARM shows. */
  private static Ports alwaysProved(Ports ports) {
    Records claiming =
        change(
            Records.class,
            ports.records(),
            (method, arguments) -> {
              Object answer = call(ports.records(), method, arguments);
              return method.getName().equals("ledger")
                  ? ((Optional<?>) answer)
                      .map(stored -> claim((Stored<?>) stored, (ClusterName) arguments[0], ports))
                  : answer;
            });
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        claiming,
        ports.messages(),
        ports.signals(),
        ports.ids(),
        ports.time());
  }

  private static Stored<Ledger> claim(Stored<?> stored, ClusterName name, Ports ports) {
    ManagedCluster cluster = ports.clusters().read(name);
    Ledger ledger = (Ledger) stored.value();
    if (cluster.keyId() == null) {
      return new Stored<>(ledger, stored.etag());
    }
    KeyId key = KeyId.parse(cluster.keyId(), Cloud.PUBLIC);
    ProvedOn claimed = new ProvedOn(key, cluster.etag(), ports.time().instant(), "claimed");
    return new Stored<>(ledger.proved(claimed), stored.etag());
  }

  /** An engine that raises no alert. */
  private static Ports mute(Ports ports) {
    Records forgetting =
        change(
            Records.class,
            ports.records(),
            (method, arguments) ->
                method.getName().equals("saveAlerts")
                    ? null
                    : call(ports.records(), method, arguments));
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        forgetting,
        ports.messages(),
        ports.signals(),
        ports.ids(),
        ports.time());
  }

  /** An engine that gives the oldest version a day more, whenever it looks at a key. */
  private static Ports shortening(Ports ports) {
    Vault real = ports.vault();
    Vault defective =
        change(
            Vault.class,
            real,
            (method, arguments) -> {
              Object answer = call(real, method, arguments);
              if (method.getName().equals("versions") && arguments[0] instanceof VaultKey) {
                KeyVersion oldest = (KeyVersion) ((List<?>) answer).get(0);
                real.restore(
                    new Restoration(oldest.id(), ports.time().instant().plus(Duration.ofDays(1))));
              }
              return answer;
            });
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        defective,
        ports.kubernetes(),
        ports.records(),
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

  /** What a defective engine makes of a call. */
  private interface Defect {
    Object instead(Method method, Object[] arguments) throws Throwable;
  }

  private static <T> T change(Class<T> type, T real, Defect defect) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) ->
                defect.instead(method, arguments == null ? new Object[0] : arguments)));
  }

  private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }
}
