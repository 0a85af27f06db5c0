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
import dev.rekey.reliability.museum.Tamper;
import dev.rekey.service.Ports;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
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
    Tampering neverWriting = Tampering.of(ports -> Tamper.connecting(ports, FleetYearTest::dry));

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
    Tampering mute = Tampering.of(Tamper.records("saveAlerts", (arguments, call) -> null));

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
  private static ApiServers dry(ApiServers real) {
    return Tamper.change(
        ApiServers.class, real, "openLane", (arguments, call) -> real.openLane(PatchMode.DRY_RUN));
  }

  /** An engine whose ledger claims a proof on whatever ARM shows. */
  private static Ports alwaysProved(Ports ports) {
    return Tamper.records(
            "ledger",
            (arguments, call) ->
                ((Optional<?>) call.make())
                    .map(stored -> claim((Stored<?>) stored, (ClusterName) arguments[0], ports)))
        .apply(ports);
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

  /** An engine that gives the oldest version a day more, whenever it looks at a key. */
  private static Ports shortening(Ports ports) {
    return Tamper.vault(
            "versions",
            (arguments, call) -> {
              List<?> answer = (List<?>) call.make();
              if (arguments[0] instanceof VaultKey) {
                Instant sooner = ports.time().instant().plus(Duration.ofDays(1));
                ports.vault().restore(new Restoration(((KeyVersion) answer.get(0)).id(), sooner));
              }
              return answer;
            })
        .apply(ports);
  }
}
