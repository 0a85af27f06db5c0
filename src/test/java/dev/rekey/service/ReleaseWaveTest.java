package dev.rekey.service;

import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.fleet.WaveRelease;
import dev.rekey.service.ReleaseAnswer.Cause;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReleaseWaveTest {
  private final Fleet fleet = new Fleet();

  @BeforeEach
  void aCanaryAndTwoWavesBehindIt() {
    fleet.with("canary").with("second", "rekey-wave", "1").with("third", "rekey-wave", "2");
    fleet.timer();
  }

  @Test
  void released_allWavesGoAtTheNextLook() {
    WaveRelease release = released(request("k1", null, null));
    assertThat(release.version()).isEqualTo(key(2));
    assertThat(release.actor()).isEqualTo("ana");
    assertThat(fleet.told).contains("wave-released by-a-person: " + key(2) + ", by ana");

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("canary", "second", "third");
  }

  @Test
  void releasedUpToAWave_theOneBehindItWaits() {
    released(request("k1", null, 1));

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("canary", "second");
    assertThat(fleet.report("second").release().upTo()).isEqualTo(1);
    assertThat(fleet.report("third").release()).isNull();
    assertThat(fleet.report("third").standing()).isEqualTo("held-by-wave");
  }

  @Test
  void releaseIsVisibleInThePostureWithWhoAndWhy() {
    released(request("k1", null, null));

    ClusterReport report = fleet.report("third");

    assertThat(report.release().actor()).isEqualTo("ana");
    assertThat(report.release().reason()).isEqualTo("known to be slow");
    assertThat(report.standing()).isEqualTo("rotation-due");
    assertThat(report.hold()).isNull();
  }

  @Test
  void releaseOfOneVersion_isNoneOfTheNext() {
    released(request("k1", null, null));
    fleet.world.versions.add(version(3));

    fleet.timer();

    assertThat(fleet.atWork()).containsExactly("canary");
    assertThat(fleet.active("canary").orElseThrow().to()).isEqualTo(key(3));
    assertThat(fleet.report("second").standing()).isEqualTo("held-by-wave");
  }

  @Test
  void sameRequestTwice_isOneRelease() {
    WaveRelease first = released(request("k1", null, null));
    fleet.world.time.pass(Duration.ofMinutes(1));

    assertThat(released(request("k1", null, null))).isEqualTo(first);
    assertThat(fleet.ports.records().waveReleases(key(2).key()).orElseThrow().value().all())
        .hasSize(1);
  }

  @Test
  void sameKeyWithAnotherRequest_isDeclined() {
    released(request("k1", null, null));

    assertThat(declined(request("k1", null, 3))).isEqualTo(Cause.REQUEST_KEY_REUSED);
  }

  @Test
  void namedVersion_isTheOneReleased() {
    fleet.world.versions.add(version(3));

    assertThat(released(request("k1", "V2", null)).version()).isEqualTo(key(2));
  }

  @Test
  void versionThatIsNotThereOrCanNotBeUsed_isDeclined() {
    fleet.world.versions.add(disabled(3));

    assertThat(declined(request("k1", "v9", null))).isEqualTo(Cause.UNKNOWN_VERSION);
    assertThat(declined(request("k1", "v3", null))).isEqualTo(Cause.UNKNOWN_VERSION);
  }

  @Test
  void everybodyIsThere_nothingIsToBeReleased() {
    for (String name : new ArrayList<>(fleet.world.clusters.clusters.keySet())) {
      fleet.movesTo(name, 2);
    }

    assertThat(declined(request("k1", null, null))).isEqualTo(Cause.NOTHING_TO_RELEASE);
  }

  @Test
  void keyThatNobodyInScopeUses_isUnknownAndItsVaultIsNotAsked() {
    fleet.world.vault.fault = World.fault(OutsideSystem.VAULT, OutsideFault.Kind.FORBIDDEN);
    ReleaseRequest other =
        new ReleaseRequest("victim.payments", null, null, "ana", "known to be slow", "k1");

    assertThat(declined(other)).isEqualTo(Cause.UNKNOWN_KEY);
  }

  @Test
  void scopeGivesNoAnswer_isAFaultAndNotAnUnknownKey() {
    fleet.world.clusters.listFault = World.fault(OutsideSystem.ARM, OutsideFault.Kind.BUSY);

    assertThatThrownBy(() -> release(request("k1", null, null))).isInstanceOf(OutsideFault.class);
  }

  private static ReleaseRequest request(String requestKey, String version, Integer wave) {
    return new ReleaseRequest("example.etcd", version, wave, "ana", "known to be slow", requestKey);
  }

  private ReleaseAnswer release(ReleaseRequest request) {
    return new ReleaseWave(fleet.ports, fleet.conduct).release(request);
  }

  private WaveRelease released(ReleaseRequest request) {
    return ((ReleaseAnswer.Released) release(request)).release();
  }

  private Cause declined(ReleaseRequest request) {
    return ((ReleaseAnswer.Declined) release(request)).cause();
  }
}
