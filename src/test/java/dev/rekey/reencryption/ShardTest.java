package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShardTest {

  @Test
  void freshShard_remainsWhole() {
    Shard shard = Shard.of(3, Samples.secrets(5));

    assertThat(shard.tally().remaining()).isEqualTo(5);
    assertThat(shard.isDone()).isFalse();
    assertThat(shard.dispatchedAt()).isNull();
  }

  @Test
  void shardWithoutSecrets_isDone() {
    assertThat(Shard.of(0, List.of()).isDone()).isTrue();
  }

  @Test
  void namespaceThatCannotBeListed_isOneExceptionAndDone() {
    Shard shard = Shard.unlistable(4, "broken");

    assertThat(shard.isDone()).isTrue();
    assertThat(shard.tally().exceptions()).isEqualTo(1);
    assertThat(shard.exceptions())
        .containsExactly(
            new SecretException("broken", "*", ExceptionReason.NAMESPACE_UNLISTABLE, null));
  }

  @Test
  void workInTwoRuns_keepsTheExceptionsOfBoth() {
    List<SecretException> first = Samples.exceptions(ExceptionReason.FORBIDDEN, 1);
    List<SecretException> second = Samples.exceptions(ExceptionReason.INVALID, 1);

    Shard shard =
        Shard.of(0, Samples.secrets(2))
            .worked(List.of(), Tally.discovered(2), first)
            .worked(List.of(), Tally.discovered(2), second);

    assertThat(shard.exceptions()).containsExactly(first.get(0), second.get(0));
  }

  @Test
  void recalledShard_waitsForItsTurnAgain() {
    Shard shard = Shard.of(0, Samples.secrets(2)).dispatched(Samples.NOW, 8);

    assertThat(shard.dispatchedAt()).isEqualTo(Samples.NOW);
    assertThat(shard.recalled().dispatchedAt()).isNull();
    assertThat(shard.recalled().remaining()).hasSize(2);
  }
}
