package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.Restoration;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Grounds;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Tally;

/**
 * Checked once more by whoever acts, whatever was decided before: those promises whose breach would
 * cost Secrets or the truth, and that cost next to nothing to check.
 */
final class Promises {
  private Promises() {}

  /**
   * K2: the update to other settings is sent on grounds that the ledger bears out.
   *
   * @param ledger as it is now
   * @throws BrokenPromise if it isn't
   */
  static void beforeUpdate(Operation operation, Ledger ledger, Effect.UpdateCluster effect) {
    KmsSettings to = effect.to();
    if (!to.equals(operation.after())) {
      throw new BrokenPromise("K4", "an update to other settings than the operation's");
    }
    boolean moves = !effect.from().equals(to);
    Grounds grounds = Grounds.of(operation);
    if (moves && !grounds.hold(operation, ledger, effect.from(), to, effect.etag())) {
      throw new BrokenPromise("K2", "an update from a state in which nothing was proved");
    }
    if (moves && grounds == Grounds.FOUND_READABLE && !PlanHash.isApproved(operation)) {
      throw new BrokenPromise("K8", "KMS v1 is turned off, which nobody has approved");
    }
    if (moves && operation.origin().asksFirst() && !PlanHash.isApproved(operation)) {
      throw new BrokenPromise(
          "K4", "an update that the cluster's mode wants approved, and nobody has");
    }
    if (grounds == Grounds.COUNTED && !PlanHash.isApproved(operation)) {
      throw new BrokenPromise(
          "K4", "an older key version is made current that nobody has approved");
    }
  }

  /**
   * K8: Kubernetes is upgraded to what a person has named, one minor version on, when the ledger
   * bears out that everything lies plain; what lay under KMS v1 nobody could read afterwards.
   *
   * @param ledger as it is now
   * @throws BrokenPromise if it doesn't
   */
  static void beforeUpgrade(Operation operation, Ledger ledger, Effect.UpgradeKubernetes effect) {
    boolean isNamed = effect.to().equals(operation.route().upgradeTo());
    if (!isNamed
        || operation.kind() != Kind.MIGRATE_TO_KMS_V2
        || !effect.to().minorVersion().hasKmsV2()) {
      throw new BrokenPromise("K8", "an upgrade that nobody has asked for");
    }
    boolean isPlain =
        !operation.before().isOn()
            && Grounds.PROVED_ON_FROM.hold(
                ledger, operation.before(), operation.after(), effect.etag());
    if (!isPlain) {
      throw new BrokenPromise("K8", "an upgrade from a state in which not all is proved plain");
    }
  }

  /**
   * K9: only a version of the very key that the cluster uses is made usable, and only one that a
   * person has approved.
   *
   * @throws BrokenPromise if it is another
   */
  static void beforeRestoration(Operation operation, Restoration restoration) {
    KeyId inUse = operation.from();
    boolean isOurs = inUse != null && inUse.isVersionOfSameKey(restoration.version());
    boolean isPlanned = operation.progress().findings().restorations().contains(restoration);
    if (!isOurs || !isPlanned || !PlanHash.isApproved(operation)) {
      throw new BrokenPromise("K9", "a key version is made usable that nobody has approved");
    }
  }

  /**
   * S3: the shards hold what was listed, no more and no less.
   *
   * @throws BrokenPromise if they don't
   */
  static void afterPass(Pass pass, Tally sum) {
    if (sum.discovered() != pass.discovered()) {
      throw new BrokenPromise(
          "S3", sum.discovered() + " Secrets in the shards, " + pass.discovered() + " in the list");
    }
    if (sum.remaining() != 0) {
      throw new BrokenPromise("S3", sum.remaining() + " Secrets that nothing has become of");
    }
  }

  /**
   * S2 and T1: the evidence speaks of every Secret, and names as many exceptions as it counts.
   *
   * @throws BrokenPromise if it doesn't
   */
  static void beforeEvidence(Evidence evidence) {
    if (evidence.secrets().remaining() != 0) {
      throw new BrokenPromise(
          "S2", evidence.secrets().remaining() + " Secrets that the evidence says nothing of");
    }
    long reasons = evidence.exceptionReasons().values().stream().mapToLong(Long::longValue).sum();
    if (!evidence.proof().method().equals("none") && reasons != evidence.secrets().exceptions()) {
      throw new BrokenPromise(
          "T1",
          evidence.secrets().exceptions() + " exceptions counted, " + reasons + " with a reason");
    }
  }
}
