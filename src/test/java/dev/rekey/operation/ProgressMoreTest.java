package dev.rekey.operation;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.rotation;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an operation remembers and forgets. */
class ProgressMoreTest {
  private final Passes write = Passes.of("write", PassKind.WRITE, hash(2));
  private final Passes proof = Passes.of("prove", PassKind.PROOF, hash(2));

  @Test
  void sixPassesAlikeAreKept_theSeventhPushesTheOldestOut() {
    Progress progress = Progress.START.with(proof.clean());
    for (int round = 1; round <= 6; round++) {
      progress = progress.with(write.round(round).clean());
    }

    assertThat(progress.passes(StepName.WRITE, PassKind.WRITE)).isEqualTo(6);
    Progress seven = progress.with(write.round(7).clean());
    assertThat(seven.passes(StepName.WRITE, PassKind.WRITE)).isEqualTo(6);
    assertThat(seven.pass("write-write-1")).isEmpty();
    assertThat(seven.pass("write-write-2")).isPresent();
    assertThat(seven.pass("prove-proof-1")).isPresent();
  }

  @Test
  void passThatHadNotEnded_isGivenUpForTheNext() {
    Progress progress = Progress.START.with(write.running()).with(proof.begun());

    assertThat(progress.passes()).containsExactly(proof.begun());
    assertThat(progress.runningPass()).isEmpty();
    assertThat(progress.lastEnded()).isEmpty();
    assertThat(progress.with(proof.clean()).lastEnded()).contains(proof.clean());
  }

  @Test
  void retry_countsForWhatIsOlder() {
    Progress progress = Progress.START.retried(NOW);

    assertThat(progress.isRetriedSince(NOW.minusMillis(1))).isTrue();
    assertThat(progress.isRetriedSince(NOW)).isFalse();
    assertThat(Progress.START.isRetriedSince(NOW.minusSeconds(9))).isFalse();
  }

  @Test
  void whatWasShownOfAKey_isThatOfItsLastPass() {
    Pass other = Passes.of("prove-current", PassKind.WRITE, hash(1)).shown();
    Progress progress = Progress.START.with(write.clean()).with(proof.clean()).with(other);

    assertThat(progress.lastShown(hash(2))).contains(proof.clean());
    assertThat(progress.lastShown(hash(1))).contains(other);
    assertThat(progress.lastShown(hash(0))).isEmpty();
    assertThat(Progress.START.with(write.listed()).lastShown(hash(2))).isEmpty();
  }

  @Test
  void effectWithoutFault_theNextFaultCountsAnew() {
    Progress faulty = Progress.START.with(pending(3));

    assertThat(faulty.withoutFaults().pending()).isEqualTo(pending(0));
    Progress clean = Progress.START.with(pending(0));
    assertThat(clean.withoutFaults()).isSameAs(clean);
    assertThat(Progress.START.withoutFaults()).isSameAs(Progress.START);
  }

  private static Pending pending(int faults) {
    return new Pending(
        1, StepName.WRITE, NOW, Pending.Doing.ACTING, Reason.LISTING, NOW, null, faults);
  }

  @Test
  void factsOfARefusal_areOneTextWhateverTheirOrder() {
    Facts facts = facts(rotation()).with(clusterOn(1));
    String one = facts.withVersions(List.of(version(1), disabled(2))).fingerprint();

    assertThat(one)
        .isEqualTo(facts.withVersions(List.of(disabled(2), version(1))).fingerprint())
        .isEqualTo("VERSIONED_KEY Succeeded " + Example.key(1).url() + " FIT DISABLED");
    assertThat(facts.withVersions(List.of(disabled(1), version(2))).fingerprint())
        .isNotEqualTo(one);
    assertThat(facts(rotation()).fingerprint()).isEmpty();
  }
}
