package dev.rekey.operation;

import static dev.rekey.operation.Example.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Names that users see and that alerts match: they never change. */
class StableTokensTest {
  /** Who ended it needs no remedy, and nobody need act on what was superseded. */
  private static final Set<Reason> ENDED =
      EnumSet.of(
          Reason.CANCELLED,
          Reason.RETURNED,
          Reason.OVERTAKEN,
          Reason.GONE_FORWARD,
          Reason.BRINGING_BACK,
          Reason.GAVE_WAY,
          Reason.SUPERSEDED);

  @Test
  void reasons() {
    assertThat(Reason.values())
        .extracting(Reason::token)
        .containsExactly(
            "checks-passed",
            "approved",
            "nothing-to-rescue",
            "rescued",
            "rescue-not-possible",
            "slots-usable",
            "converged",
            "proved-on-current",
            "key-already-moved",
            "found-readable",
            "upgraded",
            "vault-ready",
            "key-id-updated",
            "pass-complete",
            "proved",
            "proved-but-exceptions",
            "counted",
            "nothing-to-lose",
            "count-not-possible",
            "located",
            "located-in-part",
            "all-under-one-key",
            "recorded",
            "listing-secrets",
            "looking-for-write-key",
            "reading-counters",
            "estimating",
            "reading-quietly",
            "looking-for-unreadable",
            "locating",
            "dispatching-shards",
            "shards-at-work",
            "closing-pass",
            "recording",
            "changing-vault",
            "restoring-key",
            "sending-upgrade",
            "sending-update",
            "cluster-busy",
            "rescuing",
            "counting",
            "key-changing",
            "vault-changing",
            "replica-not-seen",
            "replica-does-not-read-target",
            "replicas-read-different-keys",
            "replica-runs-as-before",
            "replica-does-not-write-target",
            "outside-not-answering",
            "outside-window",
            "kms-already-on",
            "kms-off",
            "platform-managed",
            "kms-version-unproved",
            "kubernetes-too-old",
            "kms-v2-already",
            "api-servers-not-told",
            "upgrade-not-one-step",
            "upgrade-takes-nodes",
            "cluster-failed",
            "cluster-moved",
            "target-not-found",
            "target-unfit",
            "target-not-newer",
            "target-of-another-key",
            "current-key-unfit",
            "slots-in-order",
            "slot-beyond-recovery",
            "nothing-unreadable",
            "version-in-slot",
            "slot-unfit",
            "preflight-failed",
            "return-unproved",
            "new-key-loaded",
            "access-denied",
            "cancelled",
            "returned",
            "overtaken",
            "gone-forward",
            "bringing-back",
            "gave-way",
            "superseded",
            "awaiting-approval",
            "paused",
            "window-unreadable",
            "cluster-on-another-key",
            "cluster-moved-back",
            "secrets-unreadable",
            "secrets-not-writable",
            "awaiting-upgrade",
            "upgrade-keeps-failing",
            "vault-firewalled",
            "vault-moved-back",
            "foreign-key-stored",
            "update-keeps-failing",
            "not-converging",
            "still-foreign-reads",
            "counters-interrupted",
            "unproved-exceptions",
            "key-version-dropped",
            "etag-keeps-moving",
            "promise-broken");
  }

  @Test
  void whyNothingIsStarted() {
    assertThat(Start.Idle.values())
        .extracting(Start.Idle::token)
        .containsExactly(
            "kms-not-on-versioned-key",
            "current-version-unknown",
            "already-on-newest",
            "refused-before",
            "returned-from",
            "led-to-another-key",
            "declined");
  }

  @Test
  void kindsModesStepsTriggersAndOutcomes() {
    assertThat(Kind.values())
        .extracting(Kind::token)
        .containsExactly(
            "rotate",
            "reencrypt",
            "enable",
            "disable",
            "change-vault-access",
            "migrate-to-kms-v2",
            "recover-expired-key",
            "recover-dropped-key",
            "return",
            "census");
    assertThat(Mode.values()).extracting(Mode::token).containsExactly("auto", "approve", "observe");
    assertThat(Origin.Trigger.values())
        .extracting(Origin.Trigger::token)
        .containsExactly("event", "timer", "http", "command-line");
    assertThat(Ending.Outcome.values())
        .extracting(Ending.Outcome::token)
        .containsExactly("completed", "refused", "cancelled");
    assertThat(CLUSTER).hasToString("prod-1");
  }

  @Test
  void whatAPersonMustActOn_namesARemedy() {
    assertThat(Reason.CONVERGED.remedy()).isEmpty();
    assertThat(Reason.values())
        .filteredOn(reason -> reason.ordinal() >= Reason.KMS_ALREADY_ON.ordinal())
        .filteredOn(reason -> !ENDED.contains(reason))
        .allMatch(reason -> reason.remedy().contains(" "));
    assertThat(Reason.values())
        .extracting(Reason::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
  }

  @Test
  void modeIsReadWhateverItsCaseAndSpaces() {
    assertThat(Mode.of(" Approve ")).contains(Mode.APPROVE);
    assertThat(Mode.of("never")).isEmpty();
  }
}
