package dev.rekey.fleet;

import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedTest {
  private static final Map<String, Long> UNDER_ONE = Map.of(key(1).url(), 10L);

  @Test
  void rewriteThatProvedAll_isWhole() {
    Counted counted = rewrite(0, Map.of(), Evidence.Verdict.NOT_NEEDED);

    assertThat(counted.isProof()).isTrue();
    assertThat(counted.isWhole()).isTrue();
    assertThat(counted.doubt()).isNull();
  }

  /** Promise S2: also where the exception was read, as long as the proof doesn't clear it. */
  @Test
  void rewriteThatLeftAnException_isInDoubt() {
    Counted counted = rewrite(1, Map.of("denied-by-policy", 1L), null);

    assertThat(counted.isWhole()).isFalse();
    assertThat(counted.doubt()).isEqualTo(Uncertain.EXCEPTIONS_NOT_CLEARED);
  }

  @Test
  void rewriteThatProvedNothing_saysNothing() {
    Counted counted = rewrite(0, Map.of(), null);

    assertThat(counted.isWhole()).isFalse();
    assertThat(counted.doubt()).isNull();
  }

  @Test
  void censusThatReadEachSecret_isWhole() {
    assertThat(census(10, UNDER_ONE, 0, 0, Map.of()).isWhole()).isTrue();
    assertThat(census(10, Map.of(key(1).url(), 4L), 6, 0, Map.of()).isWhole()).isTrue();
    assertThat(census(10, UNDER_ONE, 0, 0, Map.of()).isProof()).isFalse();
  }

  /** A denied patch was read all the same. */
  @Test
  void censusWhoseExceptionsWereRead_isWhole() {
    assertThat(census(10, UNDER_ONE, 0, 0, Map.of("denied-by-webhook", 3L)).isWhole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"forbidden", "unreachable", "rejected", "of-another-release"})
  void censusWithASecretThatWasNotRead_isInDoubt(String reason) {
    Counted counted = census(10, UNDER_ONE, 0, 0, Map.of(reason, 1L));

    assertThat(counted.isWhole()).isFalse();
    assertThat(counted.doubt()).isEqualTo(Uncertain.EXCEPTIONS_NOT_CLEARED);
  }

  @Test
  void censusWithASecretThatNobodyCanDecrypt_isInDoubt() {
    assertThat(census(10, UNDER_ONE, 0, 1, Map.of()).doubt())
        .isEqualTo(Uncertain.SECRETS_UNDECRYPTABLE);
    assertThat(census(10, UNDER_ONE, 0, 0, Map.of("namespace-unlistable", 1L)).doubt())
        .isEqualTo(Uncertain.SECRETS_UNDECRYPTABLE);
  }

  @Test
  void censusWhoseCountsDoNotAddUp_isNotWhole() {
    Counted counted = census(11, UNDER_ONE, 0, 0, Map.of());

    assertThat(counted.isWhole()).isFalse();
    assertThat(counted.doubt()).isNull();
  }

  @Test
  void versionIsFound_byItsUrlInAnyCaseAndByItsHash() {
    Counted byUrl = census(10, Map.of(key(1).url().toUpperCase(Locale.ROOT), 10L), 0, 0, Map.of());
    Counted byHash = census(10, Map.of(hash(1).label(), 10L), 0, 0, Map.of());

    assertThat(byUrl.under(key(1), Set.of())).isEqualTo(10);
    assertThat(byHash.under(key(1), Set.of(hash(1).label()))).isEqualTo(10);
    assertThat(byHash.under(key(2), Set.of(hash(2).label()))).isZero();
  }

  @Test
  void keyThatNobodyCanName_isStrange() {
    Set<String> known = Set.of(hash(1).label());

    assertThat(census(10, Map.of(hash(1).label(), 9L), 0, 0, Map.of()).strangeKey(known)).isEmpty();
    assertThat(census(10, Map.of(key(3).url(), 9L), 0, 0, Map.of()).strangeKey(known)).isEmpty();
    assertThat(census(10, Map.of(hash(2).label(), 9L), 0, 0, Map.of()).strangeKey(known))
        .contains(hash(2).label());
    assertThat(census(10, Map.of("k8s:enc:kms:v1:a:", 9L), 0, 0, Map.of()).strangeKey(known))
        .isPresent();
  }

  @Test
  void nothingCounted_saysNotWhere() {
    assertThat(census(10, Map.of(), 0, 0, Map.of()).saysWhere()).isFalse();
    assertThat(census(10, UNDER_ONE, 0, 0, Map.of()).saysWhere()).isTrue();
  }

  private static Counted census(
      long discovered,
      Map<String, Long> after,
      long plain,
      long unknown,
      Map<String, Long> reasons) {
    long exceptions = reasons.values().stream().mapToLong(Long::longValue).sum();
    Evidence.Secrets secrets =
        new Evidence.Secrets(discovered, 0, discovered - exceptions, 0, exceptions, 0);
    return Counted.of(Fleets.evidence("census", secrets, after, plain, unknown, reasons, null));
  }

  private static Counted rewrite(long exceptions, Map<String, Long> reasons, String verdict) {
    Evidence.Secrets secrets = new Evidence.Secrets(10, 10 - exceptions, 0, 0, exceptions, 0);
    return Counted.of(Fleets.evidence("rotate", secrets, UNDER_ONE, 0, 0, reasons, verdict));
  }
}
