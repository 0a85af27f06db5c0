package dev.rekey.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Example;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which Secrets are patched where all is to lie plain. */
class ProbedSecretsTest {
  private static final PatchAnswer DENIED = Samples.refused(ExceptionReason.DENIED_BY_POLICY);
  private static final PatchAnswer PATCHED = Samples.patched("9");

  @Test
  void firstGoesThrough_itIsTheSameForEveryServer() {
    ProbedSecrets secrets = plain(100);

    assertThat(taken(secrets, 8, PATCHED)).containsExactly("s0");
  }

  /** A Secret that a policy denied held up all others for five minutes. */
  @Test
  void firstIsDenied_anotherTakesItsPlaceAtOnceAndAConnectionMoreIsMade() {
    ProbedSecrets secrets = plain(100);
    int connections = secrets.connections(2);

    answer(secrets, DENIED);

    assertThat(taken(secrets, 8, PATCHED)).containsExactly("s1");
    assertThat(secrets.connections(2)).isEqualTo(connections + 1);
  }

  /** Another server may not be able to read the one that is plain now. */
  @Test
  void oneMayHaveBeenWrittenPlain_noSecondOneIsWhateverComes() {
    ProbedSecrets patched = plain(100);
    answer(patched, PATCHED);
    ProbedSecrets lost = plain(100);
    lost.next();
    lost.unanswered();
    ProbedSecrets half = plain(100);
    half.answered(looks(half.next(), DENIED, PATCHED));

    assertThat(taken(patched, 5, DENIED)).containsExactly("s0");
    assertThat(taken(lost, 5, DENIED)).containsExactly("s0");
    assertThat(taken(half, 5, DENIED)).containsExactly("s0");
  }

  @Test
  void allAreDenied_noMoreThanElevenAreTriedAtOneAttempt() {
    assertThat(taken(plain(100), 60, DENIED)).hasSize(11);
    assertThat(plain(100).connections(2)).isEqualTo(8);
  }

  @Test
  void fewSecretsAndAllDenied_theyComeRoundAgain() {
    assertThat(taken(plain(2), 20, DENIED)).containsExactly("s0", "s1");
    assertThat(plain(0).connections(2)).isZero();
  }

  @Test
  void underAKey_otherPairsAreTakenOnEachConnection() {
    Pass pass = Passes.of("write", PassKind.WRITE, Example.hash(2)).listed();
    ProbedSecrets secrets = new ProbedSecrets(pass, shards(100), List.of());

    assertThat(taken(secrets, 25, PATCHED)).hasSize(50);
    assertThat(secrets.connections(2)).isEqualTo(25);
  }

  private static ProbedSecrets plain(int count) {
    Pass pass = Passes.of("write", PassKind.WRITE, KeyIdHash.PLAIN).listed();
    return new ProbedSecrets(pass, shards(count), List.of());
  }

  private static List<Shard> shards(int count) {
    return List.of(Shard.of(0, Samples.secrets(count)));
  }

  private static Set<String> taken(ProbedSecrets secrets, int connections, PatchAnswer answer) {
    Set<String> names = new LinkedHashSet<>();
    for (int made = 0; made < connections; made++) {
      List<SecretRef> next = secrets.next();
      next.forEach(secret -> names.add(secret.name()));
      secrets.answered(looks(next, answer, answer));
    }
    return names;
  }

  private static void answer(ProbedSecrets secrets, PatchAnswer answer) {
    secrets.answered(looks(secrets.next(), answer, answer));
  }

  private static List<Look> looks(List<SecretRef> secrets, PatchAnswer first, PatchAnswer then) {
    List<Look> looks = new ArrayList<>();
    for (SecretRef secret : secrets) {
      looks.add(new Look(secret, looks.isEmpty() ? first : then, Duration.ofMillis(3)));
    }
    return looks;
  }
}
