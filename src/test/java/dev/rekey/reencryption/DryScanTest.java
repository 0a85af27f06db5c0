package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DryScanTest {

  @Test
  void manyOfOneReason_areCountedAndAFewNamed() {
    DryScan scan = DryScan.NONE.plus(shard(40, 12, ExceptionReason.DENIED_BY_POLICY));

    DryScan.Some denied = scan.found().get(ExceptionReason.DENIED_BY_POLICY);
    assertThat(denied.count()).isEqualTo(12);
    assertThat(denied.few()).hasSize(5);
    assertThat(scan.looked()).isEqualTo(40);
    assertThat(scan.isWhole()).isTrue();
  }

  @Test
  void shardThatNobodyLookedAt_countsOnlyAsThere() {
    DryScan scan =
        DryScan.NONE
            .plus(shard(10, 1, ExceptionReason.INVALID))
            .plus(Shard.of(2, List.of(new SecretRef("n", "a", "1"), new SecretRef("n", "b", "1"))));

    assertThat(scan.secrets()).isEqualTo(12);
    assertThat(scan.looked()).isEqualTo(10);
    assertThat(scan.isWhole()).isFalse();
  }

  /** It says nothing of what a real patch would meet. */
  @Test
  void webhookThatTakesNoDryRun_isNotInTheWayButUntold() {
    DryScan scan =
        DryScan.NONE
            .plus(shard(10, 3, ExceptionReason.DRY_RUN_UNSUPPORTED))
            .plus(shard(10, 2, ExceptionReason.UNDECRYPTABLE));

    assertThat(scan.untold()).isEqualTo(3);
    assertThat(scan.inTheWay()).isEqualTo(2);
  }

  private static Shard shard(int secrets, int exceptions, ExceptionReason reason) {
    List<SecretException> found = new ArrayList<>();
    Tally tally = Tally.discovered(secrets);
    for (int number = 0; number < secrets; number++) {
      boolean exception = number < exceptions;
      tally = tally.plus(exception ? Fate.EXCEPTION : Fate.CURRENT, 1);
      if (exception) {
        found.add(new SecretException("n", "s" + number, reason, null));
      }
    }
    return Shard.of(1, List.of()).worked(List.of(), tally, found);
  }
}
