package dev.rekey.operation;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.madeAt;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartTest {

  @Test
  void newerFitVersion_rotatesToIt() {
    assertThat(start(version(1), version(2))).isEqualTo(new Start.Rotate(key(1), key(2)));
  }

  @Test
  void severalNewerVersions_rotatesToTheNewest() {
    assertThat(start(version(3), version(1), version(2)))
        .isEqualTo(new Start.Rotate(key(1), key(3)));
  }

  @Test
  void newestVersionIsUnfit_rotatesToTheNewestFitOne() {
    assertThat(start(version(1), version(2), disabled(3), expiring(4, NOW)))
        .isEqualTo(new Start.Rotate(key(1), key(2)));
  }

  @Test
  void onlyOlderVersions_nothing() {
    assertThat(start(version(0), version(1)))
        .isEqualTo(new Start.Nothing(Start.Idle.ALREADY_ON_NEWEST));
  }

  @Test
  void onlyUnfitNewerVersions_nothing() {
    assertThat(start(version(1), disabled(2)))
        .isEqualTo(new Start.Nothing(Start.Idle.ALREADY_ON_NEWEST));
  }

  @Test
  void versionInUseIsNotInTheVault_nothing() {
    assertThat(start(version(2))).isEqualTo(new Start.Nothing(Start.Idle.CURRENT_VERSION_UNKNOWN));
  }

  @Test
  void versionIsOlderThanTheFirstMeeting_isProposedOnly() {
    Ledger young = Ledger.firstSeen(NOW, key(1));

    assertThat(Start.decide(clusterOn(1), key(1), List.of(version(1), version(2)), young, NOW))
        .isEqualTo(new Start.Propose(key(1), key(2)));
  }

  @Test
  void versionMadeAtTheVeryMomentOfTheFirstMeeting_isProposedOnly() {
    Ledger ledger = Ledger.firstSeen(madeAt(2), key(1));

    assertThat(Start.decide(clusterOn(1), key(1), List.of(version(1), version(2)), ledger, NOW))
        .isEqualTo(new Start.Propose(key(1), key(2)));
  }

  @Test
  void clusterNotOnAVersionedKey_nothing() {
    for (KmsExperience experience : KmsExperience.values()) {
      ManagedCluster cluster = Example.cluster(experience, key(1).url(), Example.ETAG, "Succeeded");
      Start start = Start.decide(cluster, key(1), List.of(version(1), version(2)), ledger(), NOW);

      assertThat(start instanceof Start.Rotate)
          .as("%s", experience)
          .isEqualTo(experience == KmsExperience.VERSIONED_KEY);
    }
  }

  private static Start start(KeyVersion... versions) {
    return Start.decide(clusterOn(1), key(1), List.of(versions), ledger(), NOW);
  }
}
