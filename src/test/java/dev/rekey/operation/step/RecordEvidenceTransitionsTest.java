package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.step.DecisionTable.Situation;
import org.junit.jupiter.api.Test;

class RecordEvidenceTransitionsTest {
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          ended:   yes no
          kind:    ROTATE REENCRYPT CENSUS
          managed: yes no
          url:     known unknown
          keyId:   to elsewhere
          arm:     Succeeded Updating Failed

          yes | *                | *   | *       | *         | * | done: recorded
          no  | CENSUS           | *   | *       | *         | * | act finish: recording
          no  | ROTATE REENCRYPT | no  | *       | *         | * | act finish: recording
          no  | ROTATE REENCRYPT | yes | unknown | *         | * | act finish: recording
          no  | ROTATE REENCRYPT | yes | known   | to        | * | act finish: recording
          no  | ROTATE REENCRYPT | yes | known   | elsewhere | * | stall: cluster-on-another-key
          """);

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(144);
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
            managed,
            ORIGIN,
            key(1),
            situation.is("url", "known") ? key(2) : null,
            NOW,
            situation.is("ended", "yes") ? progress.with(ending()) : progress);
    Facts facts = facts(operation);
    int on = situation.is("keyId", "to") ? 2 : 3;
    return new RecordEvidence()
        .decide(managed ? facts.with(clusterOn(on, ETAG, situation.of("arm"))) : facts);
  }

  private static Ending ending() {
    return new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, null, null, NOW);
  }
}
