package dev.rekey.key;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Promise K2: which rotation a proof allows. */
class ProvedOnTest {
  private final ProvedOn proof = new ProvedOn(key(1), "e1", NOW, "o");

  @Test
  void proofOfTheKeyInTheStateThatArmShows_allowsAnyTarget() {
    assertThat(proof.holdsFor(hash(1), hash(2), "e1")).isTrue();
    assertThat(proof.holdsFor(hash(1), hash(3), "e1")).isTrue();
  }

  @Test
  void proofOfAnotherState_allowsNone() {
    assertThat(proof.holdsFor(hash(1), hash(2), "e2")).isFalse();
  }

  @Test
  void proofOfAnotherKey_allowsNone() {
    assertThat(proof.holdsFor(hash(0), hash(2), "e1")).isFalse();
  }

  @Test
  void proofThatASecondKeyMayBeInUse_allowsThatTargetAlone() {
    ProvedOn either = new ProvedOn(hash(1), key(1), "e1", NOW, "o", hash(2));

    assertThat(either.holdsFor(hash(1), hash(2), "e1")).isTrue();
    assertThat(either.holdsFor(hash(1), hash(3), "e1")).isFalse();
  }

  @Test
  void wasBefore_whateverTheETagButForThisUpdateAlone() {
    ProvedOn old = new ProvedOn(hash(1), key(1), "etag", NOW, "o", null);
    ProvedOn orUnder = new ProvedOn(hash(1), key(1), "etag", NOW, "o", hash(2));

    assertThat(old.wasBefore(hash(2), hash(1))).isTrue();
    assertThat(orUnder.wasBefore(hash(2), hash(1))).isTrue();
    assertThat(orUnder.wasBefore(hash(3), hash(1))).isFalse();
    assertThat(old.wasBefore(hash(1), hash(2))).isFalse();
  }
}
