package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.step.DecisionTable.Situation;
import org.junit.jupiter.api.Test;

class RecordEvidenceTransitionsTest {
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          ended:   yes no
          kind:    ROTATE REENCRYPT ENABLE DISABLE CENSUS
          managed: yes no
          kms:     to elsewhere off
          arm:     Succeeded Updating Failed

          yes | *                               | *   | *             | * | done: recorded
          no  | CENSUS                          | *   | *             | * | act finish: recording
          no  | ROTATE REENCRYPT ENABLE DISABLE | no  | *             | * | act finish: recording
          no  | ROTATE REENCRYPT ENABLE         | yes | to            | * | act finish: recording
          no  | ROTATE REENCRYPT ENABLE         | yes | elsewhere off | * | stall: cluster-on-another-key
          no  | DISABLE                         | yes | off           | * | act finish: recording
          no  | DISABLE                         | yes | to elsewhere  | * | stall: cluster-on-another-key
          """);

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(180);
    TABLE.assertDecides(RecordEvidenceTransitionsTest::decide);
  }

  private static Decision decide(Situation situation) {
    boolean managed = situation.is("managed", "yes");
    Progress progress = Progress.START.withChecked();
    Operation operation =
        new Operation(
            "1",
            Kind.valueOf(situation.of("kind")),
            CLUSTER,
            ORIGIN,
            managed ? route(situation) : Route.UNKNOWN,
            NOW,
            situation.is("ended", "yes") ? progress.with(ending()) : progress);
    Facts facts = facts(operation);
    return new RecordEvidence().decide(managed ? facts.with(shown(situation)) : facts);
  }

  private static Route route(Situation situation) {
    KmsSettings to = situation.is("kind", "DISABLE") ? KmsSettings.OFF : KmsSettings.of(key(2));
    return Route.of(KmsSettings.of(key(1)), to);
  }

  private static ManagedCluster shown(Situation situation) {
    String arm = situation.of("arm");
    return situation.is("kms", "off")
        ? cluster(KmsExperience.NONE, key(2).url(), ETAG, arm)
        : clusterOn(situation.is("kms", "to") ? 2 : 3, ETAG, arm);
  }

  private static Ending ending() {
    return new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, null, null, NOW);
  }
}
