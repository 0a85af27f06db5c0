package dev.rekey.operation.step;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.update;
import static dev.rekey.operation.Example.updatedRotation;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PassRoundsTest {
  private final PassRounds rounds =
      new PassRounds(new Limits(32, Pacing.FIXED, 4, 1000, Duration.ofMinutes(4)));
  private final RewriteStep prove = new RewriteStep(StepName.PROVE, PassKind.PROOF, rounds);
  private final Passes proof = Passes.of("prove", PassKind.PROOF, hash(2));
  private final Scrape both = Samples.scrape(NOW, Samples.of("a"), Samples.of("b"));

  @Test
  void noPassYet_lists() {
    assertThat(decide())
        .isInstanceOfSatisfying(
            Decision.Act.class,
            act -> assertThat(act.effect()).isInstanceOf(Effect.ListSecrets.class));
  }

  @Test
  void listHasNotEnded_listsAgainTheSamePass() {
    assertThat(decide(proof.begun()))
        .isEqualTo(new Decision.Act(new Effect.ListSecrets(proof.begun()), Reason.LISTING));
  }

  @Test
  void listedAndAllReplicasWriteTheTarget_begins() {
    assertThat(decide(proof.shown()))
        .isEqualTo(new Decision.Act(new Effect.BeginPass("prove-proof-1"), Reason.SCRAPING));
  }

  @Test
  void listedAndNoReplicaWasAsked_asks() {
    assertThat(decide(proof.listed())).isEqualTo(findWriteKeys());
  }

  @Test
  void oneReplicaWritesWithAnotherKey_neverBeginsAndAsksAgainLater() {
    Pass lagging = shownAt(hash(1), NOW.minusSeconds(5));

    assertThat(decide(lagging))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(10), Reason.REPLICA_DOES_NOT_WRITE_TARGET));
    assertThat(decide(shownAt(hash(1), NOW.minusSeconds(15)))).isEqualTo(findWriteKeys());
  }

  @Test
  void scrapeMissesALiveReplica_doesNotBegin() {
    Scrape missing = Samples.scrape(NOW, Set.of("a", "b"), Samples.of("a"));

    Decision decision =
        prove.decide(
            facts(updatedRotation(update(1), proof.shown())).with(clusterOn(2)).with(missing));

    assertThat(decision).isEqualTo(findWriteKeys());
  }

  @Test
  void replicaThatJoinedWasNotShown_doesNotBegin() {
    Scrape three = Samples.scrape(NOW, Samples.of("a"), Samples.of("b"), Samples.of("c"));

    Decision decision =
        prove.decide(
            facts(updatedRotation(update(1), proof.shown())).with(clusterOn(2)).with(three));

    assertThat(decision).isEqualTo(findWriteKeys());
  }

  @Test
  void fortyLooksForTheWriteKeyInVain_stallsAndLooksHourly() {
    Pass pass = proof.listed();
    for (int look = 0; look < 40; look++) {
      pass = pass.shown(List.of(), NOW.minusSeconds(60));
    }

    assertThat(decide(pass).reason()).isEqualTo(Reason.NOT_CONVERGING);
    assertThat(decide(pass.shown(List.of(), NOW.minus(Duration.ofHours(1)))))
        .isEqualTo(findWriteKeys());
  }

  @Test
  void tenShardsWait_fourAreGivenOutWithAQuarterOfTheLimitEach() {
    assertThat(running(shards(10))).isEqualTo(dispatch(List.of(0, 1, 2, 3), 8));
  }

  @Test
  void fewShards_shareTheWholeLimit() {
    assertThat(running(shards(2))).isEqualTo(dispatch(List.of(0, 1), 16));
  }

  @Test
  void fourAreAtWork_waits() {
    List<Shard> shards = shards(6);
    for (int number = 0; number < 4; number++) {
      shards.set(number, shards.get(number).dispatched(NOW, 8));
    }

    assertThat(running(shards))
        .isEqualTo(new Decision.Wait(NOW.plusSeconds(20), Reason.SHARDS_AT_WORK));
  }

  @Test
  void oneOfFourIsDone_theNextIsGivenOut() {
    List<Shard> shards = shards(6);
    for (int number = 1; number < 4; number++) {
      shards.set(number, shards.get(number).dispatched(NOW, 8));
    }
    shards.set(0, done(0));

    assertThat(running(shards)).isEqualTo(dispatch(List.of(4), 8));
  }

  @Test
  void shardIsOutLongerThanAnyWorkerLives_isGivenOutAgain() {
    List<Shard> shards = shards(1);
    shards.set(0, shards.get(0).dispatched(NOW.minus(Limits.LOST_AFTER).minusMillis(1), 8));

    assertThat(running(shards)).isEqualTo(dispatch(List.of(0), 32));
  }

  @Test
  void shardIsOutNoLongerThanAWorkerMayLive_isWaitedFor() {
    List<Shard> shards = shards(1);
    shards.set(0, shards.get(0).dispatched(NOW.minus(Limits.LOST_AFTER), 8));

    assertThat(running(shards).reason()).isEqualTo(Reason.SHARDS_AT_WORK);
  }

  @Test
  void allShardsAreDone_endsThePass() {
    assertThat(running(List.of(done(0))))
        .isEqualTo(new Decision.Act(new Effect.EndPass("prove-proof-1"), Reason.CLOSING_PASS));
  }

  @Test
  void voidedPass_isBegunAnewUnderAnotherId() {
    Decision decision = decide(proof.interrupted());

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Act.class,
            act ->
                assertThat(((Effect.ListSecrets) act.effect()).pass().id())
                    .isNotEqualTo("prove-proof-1"));
  }

  @Test
  void threeRoundsReadForeignKeys_stalls() {
    Decision decision =
        decide(
            proof.withForeignReads(hash(1)),
            proof.round(2).withForeignReads(hash(1)),
            proof.round(3).withForeignReads(hash(1)));

    assertThat(decision).isInstanceOf(Decision.Stall.class);
    assertThat(decision.reason()).isEqualTo(Reason.STILL_FOREIGN_READS);
  }

  @Test
  void threeRoundsWereInterrupted_stallsWithThatReason() {
    Decision decision =
        decide(proof.interrupted(), proof.round(2).interrupted(), proof.round(3).interrupted());

    assertThat(decision.reason()).isEqualTo(Reason.COUNTERS_INTERRUPTED);
  }

  private Decision decide(Pass... passes) {
    return prove.decide(facts(updatedRotation(update(1), passes)).with(clusterOn(2)).with(both));
  }

  private Decision running(List<Shard> shards) {
    return prove.decide(
        facts(updatedRotation(update(1), pass(shards.size())))
            .with(clusterOn(2))
            .withShards(shards));
  }

  /** A running pass of so many shards. */
  private Pass pass(int shards) {
    return proof
        .begun()
        .listed(shards, 10L * shards)
        .shown(
            List.of(
                Samples.shown("a", hash(2), Passes.SHOWN),
                Samples.shown("b", hash(2), Passes.SHOWN)),
            Passes.SHOWN)
        .running(Samples.scrape(Passes.BEGUN, Samples.of("a"), Samples.of("b")));
  }

  private Pass shownAt(dev.rekey.key.KeyIdHash key, Instant at) {
    return proof
        .listed()
        .shown(List.of(Samples.shown("a", hash(2), at), Samples.shown("b", key, at)), at);
  }

  private static List<Shard> shards(int count) {
    List<Shard> shards = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      shards.add(Shard.of(number, Samples.secrets(10)));
    }
    return shards;
  }

  private static Shard done(int number) {
    return Shard.of(number, List.of()).worked(List.of(), Samples.allCurrent(10), List.of());
  }

  private static Decision findWriteKeys() {
    return new Decision.Act(
        new Effect.FindWriteKeys("prove-proof-1"), Reason.LOOKING_FOR_WRITE_KEY);
  }

  private static Decision dispatch(List<Integer> shards, int share) {
    return new Decision.Act(
        new Effect.Dispatch("prove-proof-1", shards, share), Reason.DISPATCHING);
  }
}
