package dev.rekey.service;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.Pace;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** P2 and P5: a shard comes to its end, whatever one Secret does. */
class ShardHoleTest {
  private final TestClock time = new TestClock(NOW);
  private final FakeApiServers servers = new FakeApiServers(time);

  /** The server answers everyone else, so these three are unreachable, not the server away. */
  @Test
  void threeSecretsNeverAnswerWhileOthersDo_shardEndsWithThemAsExceptions() {
    servers.replica("a", hash(1));
    servers.store(20, hash(1));
    servers.script =
        secret -> secret.name().compareTo("s0003") < 0 ? Samples.busy(BusyCause.UNAVAILABLE) : null;

    Shard shard = workOn(listed(), 60);

    assertThat(shard.isDone()).as("remaining %s", shard.remaining()).isTrue();
    assertThat(shard.tally().exceptions()).isEqualTo(3);
  }

  /** Four looks fit into a run, and each run begins to count anew. */
  @Test
  void oneSecretAsksToWaitAMinuteEachTime_shardEndsWithItAsException() {
    servers.replica("a", hash(1));
    servers.store(20, hash(1));
    servers.script =
        secret ->
            secret.name().equals("s0007")
                ? new PatchAnswer.Busy(BusyCause.UNAVAILABLE, Duration.ofMinutes(1))
                : null;

    Shard shard = workOn(listed(), 60);

    assertThat(shard.isDone()).as("remaining %s", shard.remaining()).isTrue();
  }

  /** What the server asked for isn't forgotten because a run was over. */
  @Test
  void secretAsksToWaitTenMinutes_isNotAskedAgainBefore() {
    servers.replica("a", hash(1));
    servers.store(1, hash(1));
    List<java.time.Instant> asked = new ArrayList<>();
    servers.script =
        secret -> {
          asked.add(time.instant());
          return new PatchAnswer.Busy(BusyCause.THROTTLED, Duration.ofMinutes(10));
        };

    workOn(listed(), 2);

    assertThat(Duration.between(asked.get(0), asked.get(asked.size() - 1)))
        .matches(gap -> gap.isZero() || gap.compareTo(Duration.ofMinutes(10)) >= 0);
  }

  /** A name that is twice in a shard must not leave it waiting for a Secret that no one holds. */
  @Test
  void sameSecretTwiceInAShard_shardEndsAllTheSame() {
    servers.replica("a", hash(1));
    servers.store(2, hash(1));
    List<SecretRef> twice = new ArrayList<>(listed());
    twice.addAll(listed());

    Shard shard = workOn(twice, 5);

    assertThat(shard.isDone()).isTrue();
  }

  private List<SecretRef> listed() {
    return servers.listSecrets("default", null).items();
  }

  private Shard workOn(List<SecretRef> secrets, int mostRuns) {
    Shard shard = Shard.of(0, secrets);
    for (int run = 0; run < mostRuns && !shard.isDone(); run++) {
      ShardRun worker =
          new ShardRun(
              servers.openLane(PatchMode.APPLY),
              PassKind.WRITE,
              Pace.fixed(8),
              time,
              time.instant().plus(Duration.ofMinutes(4)),
              () -> true);
      ShardRun.Result result = worker.work(shard);
      shard = result.shard();
      time.pass(result.suspended() ? Duration.ofSeconds(15) : Duration.ZERO);
    }
    return shard;
  }
}
