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
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.reencryption.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that puts requests off says nothing about the Secrets that they are for. */
class LongThrottlingTest {
  private final TestClock time = new TestClock(NOW);
  private final FakeApiServers servers = new FakeApiServers(time);
  private final Map<String, Integer> looks = new TreeMap<>();

  @BeforeEach
  void twentySecretsUnderTheOldKey() {
    servers.replica("a", hash(2));
    servers.store(20, hash(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"THROTTLED", "STORAGE_REINITIALISING"})
  void allArePutOffForFortyMinutes_allAreRewrittenThenAndNoneIsAnException(BusyCause cause) {
    putOff(cause, Duration.ofMinutes(40), "");

    Shard shard = work();

    assertThat(shard.tally()).isEqualTo(new Tally(20, 20, 0, 0, 0, 20, 0));
    assertThat(looks.values()).allMatch(times -> times > 10);
    assertThat(time.instant()).isBefore(NOW.plus(Duration.ofMinutes(45)));
  }

  @Test
  void oneIsPutOffForMoreThanAnHour_isUnreachableThenAndHasDelayedNoOther() {
    putOff(BusyCause.THROTTLED, Duration.ofDays(1), "s0007");

    Shard shard = work();

    assertThat(shard.exceptions())
        .containsExactly(
            new SecretException("default", "s0007", ExceptionReason.UNREACHABLE, null));
    assertThat(shard.tally().rewritten()).isEqualTo(19);
    assertThat(time.instant())
        .isBetween(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofMinutes(70)));
    assertThat(othersDoneAt).isBefore(NOW.plusSeconds(1));
  }

  /** A request that was put off was never at the stored object, so no counter can hold it. */
  @Test
  void putOffSecretEndsAsAnException_itsPutOffLooksExplainNoForeignRead() {
    putOff(BusyCause.THROTTLED, Duration.ofDays(1), "s0007");

    assertThat(work().tally().exceptionLooks()).isZero();
  }

  @Test
  void putOffBetweenLooksWithoutAnswer_onlyTheseCountAsTries() {
    servers.script =
        secret -> {
          int times = looks.merge(secret.name(), 1, Integer::sum);
          if (!secret.name().equals("s0007")) {
            return null;
          }
          return new PatchAnswer.Busy(
              times % 2 == 0 ? BusyCause.THROTTLED : BusyCause.UNAVAILABLE, null);
        };

    Shard shard = work();

    assertThat(shard.tally().exceptions()).isEqualTo(1);
    assertThat(looks.get("s0007")).isEqualTo(19);
    assertThat(shard.tally().exceptionLooks()).isEqualTo(10);
  }

  /** One answer may name any wait: a year, or more than fits into an instant. */
  @ParameterizedTest
  @ValueSource(longs = {7_200, 31L * 365 * 86_400, Long.MAX_VALUE})
  void oneIsPutOffForYears_isLookedAtAgainAfterAnHourAndUnreachableThen(long seconds) {
    putOff(BusyCause.THROTTLED, Duration.ofDays(1), "s0007", Duration.ofSeconds(seconds));

    Shard shard = work();

    assertThat(shard.exceptions())
        .containsExactly(
            new SecretException("default", "s0007", ExceptionReason.UNREACHABLE, null));
    assertThat(looks).containsEntry("s0007", 2);
    assertThat(time.instant())
        .isBetween(NOW.plus(Duration.ofHours(1)), NOW.plus(Duration.ofMinutes(70)));
  }

  @Test
  void oneIsPutOffForYearsByMistake_isRewrittenWhenTheHourIsOver() {
    putOff(BusyCause.THROTTLED, Duration.ofMinutes(1), "s0007", Duration.ofDays(365));

    assertThat(work().tally().rewritten()).isEqualTo(20);
  }

  /** A failed look, not one that was put off: ten of them end within the hour too. */
  @Test
  void serverIsUnavailableAndNamesYears_isUnreachableAfterTenTriesWithinAnHour() {
    putOff(BusyCause.UNAVAILABLE, Duration.ofDays(1), "s0007", Duration.ofDays(31 * 365));

    Shard shard = work();

    assertThat(shard.tally().exceptions()).isEqualTo(1);
    assertThat(looks).containsEntry("s0007", 10);
    assertThat(time.instant()).isBefore(NOW.plus(Duration.ofMinutes(70)));
  }

  /** What an earlier release has stored. */
  @Test
  void shardThatWasHandedOnForYears_isTakenUpAfterTheHour() {
    Instant years = NOW.plus(Duration.ofDays(31 * 365));
    Shard stored =
        Shard.of(0, servers.listSecrets("default", null).items())
            .worked(
                List.of(new SecretRef("default", "s0007", "1")),
                Map.of("default/s0007", new Tried(0, years, NOW)),
                new Tally(1, 0, 0, 0, 0, 0, 0),
                List.of());

    assertThat(work(stored).tally().rewritten()).isEqualTo(1);
  }

  private Instant othersDoneAt = NOW;

  private void putOff(BusyCause cause, Duration howLong, String name) {
    putOff(cause, howLong, name, Duration.ofSeconds(1));
  }

  private void putOff(BusyCause cause, Duration howLong, String name, Duration asked) {
    servers.script =
        secret -> {
          looks.merge(secret.name(), 1, Integer::sum);
          boolean putOff =
              (name.isEmpty() || secret.name().equals(name))
                  && time.instant().isBefore(NOW.plus(howLong));
          if (!putOff) {
            othersDoneAt = time.instant();
          }
          return putOff ? new PatchAnswer.Busy(cause, asked) : null;
        };
  }

  /** Worker after worker, as a shard is handed on. */
  private Shard work() {
    return work(Shard.of(0, servers.listSecrets("default", null).items()));
  }

  private Shard work(Shard listed) {
    Shard shard = listed;
    for (int run = 0; run < 60 && !shard.isDone(); run++) {
      Instant deadline = time.instant().plus(Duration.ofMinutes(4));
      shard =
          new ShardRun(
                  servers.openLane(PatchMode.APPLY),
                  PassKind.WRITE,
                  Pace.fixed(8),
                  time,
                  deadline,
                  () -> true)
              .work(shard)
              .shard();
    }
    assertThat(shard.isDone()).as("remaining %s", shard.remaining()).isTrue();
    return shard;
  }
}
