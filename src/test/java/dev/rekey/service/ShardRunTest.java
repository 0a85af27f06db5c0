package dev.rekey.service;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pace;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShardRunTest {
  private boolean serverAnswers = true;
  private final TestClock time = new TestClock(NOW);
  private final FakeApiServers servers = new FakeApiServers(time);
  private final Map<String, List<Instant>> asked = new HashMap<>();
  private Shard shard;

  @BeforeEach
  void twentySecretsUnderTheOldKey() {
    servers.replica("a", hash(2));
    servers.store(20, hash(1));
    servers.script =
        secret -> {
          note(secret);
          return null;
        };
  }

  @AfterEach
  void promiseS3_sumsHold() {
    Tally tally = shard.tally();
    assertThat(tally.rewritten() + tally.current() + tally.deleted() + tally.exceptions())
        .isEqualTo(tally.discovered() - shard.remaining().size());
    assertThat(shard.exceptions()).hasSize((int) tally.exceptions());
  }

  @Test
  void staleSecrets_areRewritten() {
    work(PassKind.WRITE);

    assertThat(shard.isDone()).isTrue();
    assertThat(shard.tally().rewritten()).isEqualTo(20);
    assertThat(servers.under(hash(2))).isEqualTo(20);
  }

  @Test
  void secondRun_findsAllCurrentAndWritesNothing() {
    work(PassKind.WRITE);
    work(PassKind.WRITE);

    assertThat(shard.tally().current()).isEqualTo(20);
    assertThat(servers.replicas.get("a").writes.get(hash(2))).isEqualTo(20);
  }

  @Test
  void deletedSecret_isDone() {
    Shard listed = listed();
    servers.secrets.remove("default/s0003");

    work(PassKind.WRITE, listed, Duration.ofMinutes(4));

    assertThat(shard.tally().deleted()).isEqualTo(1);
  }

  @Test
  void serverAsksToWait_isNotAskedBefore() {
    script(
        secret -> secret.name().equals("s0003"),
        new PatchAnswer.Busy(BusyCause.THROTTLED, Duration.ofSeconds(7)),
        1);

    work(PassKind.WRITE);

    List<Instant> times = asked.get("s0003");
    assertThat(times).hasSize(2);
    assertThat(Duration.between(times.get(0), times.get(1)))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(shard.tally().rewritten()).isEqualTo(20);
  }

  @Test
  void serverNamesNoWait_pausesGrow() {
    script(secret -> secret.name().equals("s0003"), Samples.busy(BusyCause.TIMED_OUT), 4);

    work(PassKind.WRITE);

    List<Instant> times = asked.get("s0003");
    for (int look = 2; look < times.size(); look++) {
      assertThat(Duration.between(times.get(look - 1), times.get(look)))
          .isGreaterThan(Duration.between(times.get(look - 2), times.get(look - 1)));
    }
    assertThat(shard.isDone()).isTrue();
  }

  @Test
  void oneSecretNeverAnswers_isUnreachableAfterTenTriesAndDelaysNoOther() {
    script(secret -> secret.name().equals("s0003"), Samples.busy(BusyCause.UNAVAILABLE), 99);

    work(PassKind.WRITE);

    assertThat(asked.get("s0003")).hasSize(10);
    assertThat(reasons()).containsExactly(ExceptionReason.UNREACHABLE);
    Instant othersDone =
        asked.entrySet().stream()
            .filter(entry -> !entry.getKey().equals("s0003"))
            .flatMap(entry -> entry.getValue().stream())
            .max(Instant::compareTo)
            .orElseThrow();
    assertThat(othersDone).isBefore(NOW.plusSeconds(1));
    assertThat(shard.tally().exceptionLooks()).isEqualTo(10);
  }

  @Test
  void deadlineComes_restIsHandedOnAsListed() {
    Shard listed = listed();
    work(PassKind.WRITE, listed, Duration.ofMillis(5));

    assertThat(shard.isDone()).isFalse();
    assertThat(listed.remaining()).containsAll(shard.remaining());
  }

  @Test
  void nextRunAfterADeadline_doesTheRest() {
    work(PassKind.WRITE, listed(), Duration.ofMillis(5));
    Shard rest = shard;
    work(PassKind.WRITE, rest, Duration.ofMinutes(4));

    assertThat(shard.isDone()).isTrue();
    assertThat(shard.tally().rewritten()).isEqualTo(20);
  }

  @Test
  void wholeServerIsAway_suspendsWithNothingCounted() {
    serverAnswers = false;
    script(secret -> true, Samples.busy(BusyCause.CONNECTION_LOST), 999);

    ShardRun.Result result = work(PassKind.WRITE);

    assertThat(result.suspended()).isTrue();
    assertThat(shard.tally()).isEqualTo(Tally.discovered(20));
    assertThat(shard.remaining()).hasSize(20);
    assertThat(time.instant()).isBefore(NOW.plusSeconds(60));
  }

  @Test
  void serverIsBackAfterASuspension_nothingIsLost() {
    script(secret -> true, Samples.busy(BusyCause.CONNECTION_LOST), 2);
    ShardRun.Result result = work(PassKind.WRITE);
    while (!result.shard().isDone()) {
      result = work(PassKind.WRITE, result.shard(), Duration.ofMinutes(4));
    }

    assertThat(shard.tally().rewritten()).isEqualTo(20);
  }

  @Test
  void proofFindsAMovedSecretThatThenStaysStill_isCurrentAfterTwoLooks() {
    Shard listed = listed();
    servers.secrets.get("default/s0003").version++;
    servers.secrets.values().forEach(secret -> secret.key = hash(2));

    work(PassKind.PROOF, listed, Duration.ofMinutes(4));

    assertThat(shard.tally().current()).isEqualTo(20);
    assertThat(asked.get("s0003")).hasSize(2);
    assertThat(shard.tally().looks()).isEqualTo(21);
  }

  @Test
  void proofFindsASecretThatMovesAtEachLook_isUnsettledAfterFour() {
    servers.secrets.values().forEach(secret -> secret.key = hash(2));
    Shard listed = listed();
    servers.script =
        secret -> {
          note(secret);
          if (secret.name().equals("s0003")) {
            servers.secrets.get("default/s0003").version++;
          }
          return null;
        };

    work(PassKind.PROOF, listed, Duration.ofMinutes(4));

    assertThat(reasons()).containsExactly(ExceptionReason.UNSETTLED);
    assertThat(asked.get("s0003")).hasSize(4);
  }

  @Test
  void writePassFindsADeniedSecret_isAnExceptionWithThePolicysName() {
    script(
        secret -> secret.name().equals("s0003"),
        Samples.refused(ExceptionReason.DENIED_BY_POLICY),
        1);

    work(PassKind.WRITE);

    assertThat(shard.exceptions())
        .containsExactly(
            new SecretException("default", "s0003", ExceptionReason.DENIED_BY_POLICY, "guard"));
  }

  @Test
  void censusFindsADeniedSecret_countsAsLookedAt() {
    script(
        secret -> secret.name().equals("s0003"),
        Samples.refused(ExceptionReason.DENIED_BY_WEBHOOK),
        1);

    work(PassKind.COUNT);

    assertThat(shard.tally().current()).isEqualTo(20);
    assertThat(shard.tally().looks()).isEqualTo(20);
    assertThat(servers.under(hash(1))).as("written by a census").isEqualTo(20);
  }

  @Test
  void censusMayNotPatchASecret_isAnException() {
    script(secret -> secret.name().equals("s0003"), Samples.refused(ExceptionReason.FORBIDDEN), 3);

    work(PassKind.COUNT);

    assertThat(reasons()).containsExactly(ExceptionReason.FORBIDDEN);
  }

  @Test
  void replicaThatHasJustStartedKnowsNobodysRightsYet_secretIsLookedAtAgainAndRewritten() {
    script(secret -> secret.name().equals("s0003"), Samples.refused(ExceptionReason.FORBIDDEN), 2);

    work(PassKind.WRITE);

    assertThat(reasons()).isEmpty();
    assertThat(shard.tally().rewritten()).isEqualTo(20);
  }

  @Test
  void secretCannotBeDecryptedAtThreeLooks_isAnException() {
    script(
        secret -> secret.name().equals("s0003"),
        Samples.refused(ExceptionReason.UNDECRYPTABLE),
        99);

    work(PassKind.WRITE);

    assertThat(asked.get("s0003")).hasSize(3);
    assertThat(reasons()).containsExactly(ExceptionReason.UNDECRYPTABLE);
  }

  @Test
  void secretCannotBeDecryptedByARestartingReplicaOnly_isRewritten() {
    script(
        secret -> secret.name().equals("s0003"), Samples.refused(ExceptionReason.UNDECRYPTABLE), 2);

    work(PassKind.WRITE);

    assertThat(shard.tally().rewritten()).isEqualTo(20);
  }

  private List<ExceptionReason> reasons() {
    return shard.exceptions().stream().map(SecretException::reason).toList();
  }

  @Test
  void mayNotGoOn_nothingMoreIsBegunAndTheRestIsHandedOn() {
    servers.script =
        secret -> {
          note(secret);
          time.pass(Duration.ofSeconds(2));
          return null;
        };

    ShardRun.Result result = workWhile(() -> time.instant().isBefore(NOW.plusSeconds(15)));

    assertThat(result.suspended()).isTrue();
    assertThat(asked).hasSizeBetween(8, 15);
    assertThat(shard.remaining()).hasSize(20 - asked.size());
  }

  /** The record is read each time. */
  @Test
  void mayGoOn_isAskedFourTimesAMinute() {
    int[] times = {0};
    servers.script =
        secret -> {
          time.pass(Duration.ofSeconds(3));
          return null;
        };

    workWhile(() -> ++times[0] > 0);

    assertThat(shard.isDone()).isTrue();
    assertThat(times[0]).isBetween(3, 4);
  }

  private ShardRun.Result workWhile(BooleanSupplier wanted) {
    ShardRun run =
        new ShardRun(
            servers.openLane(PatchMode.APPLY),
            PassKind.WRITE,
            Pace.fixed(1),
            time,
            time.instant().plus(Duration.ofMinutes(4)),
            () -> serverAnswers);
    ShardRun.Result result = run.goingOnWhile(wanted).work(listed());
    shard = result.shard();
    return result;
  }

  private void note(SecretRef secret) {
    asked.computeIfAbsent(secret.name(), unused -> new ArrayList<>()).add(time.instant());
  }

  /** Answers so the first times that a Secret like this is asked about. */
  private void script(Predicate<SecretRef> which, PatchAnswer answer, int times) {
    servers.script =
        secret -> {
          note(secret);
          return which.test(secret) && asked.get(secret.name()).size() <= times ? answer : null;
        };
  }

  private Shard listed() {
    return Shard.of(0, servers.listSecrets("default", null).items());
  }

  private ShardRun.Result work(PassKind kind) {
    return work(kind, listed(), Duration.ofMinutes(4));
  }

  private ShardRun.Result work(PassKind kind, Shard given, Duration shardTime) {
    PatchMode mode = kind.mode();
    ShardRun run =
        new ShardRun(
            servers.openLane(mode),
            kind,
            Pace.fixed(4),
            time,
            time.instant().plus(shardTime),
            () -> serverAnswers);
    ShardRun.Result result = run.work(given);
    shard = result.shard();
    return result;
  }
}
