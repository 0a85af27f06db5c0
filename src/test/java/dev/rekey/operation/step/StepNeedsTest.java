package dev.rekey.operation.step;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.reencryption;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static dev.rekey.operation.FactKind.ACCESS;
import static dev.rekey.operation.FactKind.CLUSTER;
import static dev.rekey.operation.FactKind.SCRAPE;
import static dev.rekey.operation.FactKind.SHARDS;
import static dev.rekey.operation.FactKind.VERSIONS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Example;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import org.junit.jupiter.api.Test;

/** What each step asks for: a fact that is missing would end in an error, one too many costs. */
class StepNeedsTest {
  private final PassRounds rounds = new PassRounds(Limits.FLEET);
  private final RewriteStep prove = new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds);
  private final Passes proof = Passes.of("prove", PassKind.PROOF, hash(2));
  private final Passes census = Passes.of("prove-current", PassKind.COUNT, hash(1));
  private final Passes count = Passes.of("count", PassKind.COUNT, hash(1));

  @Test
  void check_needsTheClusterAndRightsOrForARotationTheVersions() {
    assertThat(new Check().needs(operation(Kind.ROTATE)))
        .containsExactlyInAnyOrder(CLUSTER, VERSIONS);
    assertThat(new Check().needs(operation(Kind.CENSUS)))
        .containsExactlyInAnyOrder(ACCESS, CLUSTER);
  }

  @Test
  void converge_needsTheClusterWhereArmKnowsIt() {
    assertThat(Converge.onFrom().needs(rotation())).containsExactlyInAnyOrder(CLUSTER, SCRAPE);
    assertThat(Converge.onTo().needs(rotation())).containsExactlyInAnyOrder(CLUSTER, SCRAPE);
    assertThat(Converge.onTo().needs(reencryption())).containsExactly(SCRAPE);
    assertThat(Converge.onFrom().isBeforeUpdate()).isTrue();
    assertThat(Converge.onTo().isBeforeUpdate()).isFalse();
    assertThat(new ProveCurrent(rounds).isBeforeUpdate()).isFalse();
    assertThat(new Check().isBeforeUpdate()).isTrue();
  }

  @Test
  void listedPassThatPatches_needsAScrape() {
    assertThat(prove.needs(rotation(proof.listed()))).containsExactlyInAnyOrder(CLUSTER, SCRAPE);
    assertThat(new ProveCurrent(rounds).needs(rotation(census.listed())))
        .containsExactlyInAnyOrder(CLUSTER, SCRAPE);
    assertThat(prove.needs(rotation(proof.begun()))).containsExactly(CLUSTER);
  }

  @Test
  void listedCensus_needsNoScrape() {
    assertThat(new Count(rounds).needs(rotation(count.listed()))).containsExactly(CLUSTER);
    assertThat(new Locate(rounds).needs(rotation(count.listed()))).containsExactly(CLUSTER);
    assertThat(new Count(rounds).needs(reencryption(count.listed()))).isEmpty();
  }

  @Test
  void runningPass_needsItsShards() {
    assertThat(prove.needs(rotation(proof.running()))).containsExactlyInAnyOrder(CLUSTER, SHARDS);
    assertThat(prove.needs(reencryption(proof.running()))).containsExactly(SHARDS);
  }

  @Test
  void passThatStands_needsNothing() {
    assertThat(prove.needs(rotation(proof.clean()))).isEmpty();
    assertThat(prove.needs(rotation(proof.interrupted()))).containsExactly(CLUSTER);
  }

  @Test
  void updateWhileRewriting_needsTheClusterAlone() {
    Pass write = Passes.of("write", PassKind.WRITE, hash(2)).listed();

    assertThat(UpdateCluster.on().needs(updatedRotation(update(1), write)))
        .containsExactly(CLUSTER);
  }

  @Test
  void newPass_isNamedByStepKindAndTurnAndKeepsTheETag() {
    Pass begun = listed(prove.decide(facts(rotation())));

    assertThat(begun.id()).isEqualTo("prove-proof-turn-1");
    assertThat(begun.etag()).isEqualTo(Example.ETAG);
    assertThat(begun.target()).isEqualTo(hash(2));
    assertThat(begun.shown()).isEmpty();
  }

  @Test
  void proof_carriesOnWhatTheWritePassHasShownOfItsTarget() {
    Pass write = Passes.of("write", PassKind.WRITE, hash(2)).clean();
    Pass other = Passes.of("prove-current", PassKind.WRITE, hash(1)).clean();

    assertThat(listed(prove.decide(facts(rotation(write, other)))).shown())
        .isEqualTo(write.shown());
    assertThat(listed(prove.decide(facts(rotation(other)))).shown()).isEmpty();
  }

  @Test
  void writePass_showsForItself() {
    RewriteStep write = new RewriteStep(StepName.WRITE, PassKind.WRITE, rounds);
    Pass earlier = Passes.of("prove", PassKind.PROOF, hash(2)).clean();

    assertThat(listed(write.decide(facts(rotation(earlier)))).shown()).isEmpty();
  }

  private static Facts facts(Operation operation) {
    return Example.facts(operation).with(Example.clusterOn(2));
  }

  private static Pass listed(Decision decision) {
    return ((Effect.ListSecrets) ((Decision.Act) decision).effect()).pass();
  }
}
