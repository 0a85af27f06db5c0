package dev.rekey.service;

import dev.rekey.operation.Operation;
import dev.rekey.operation.Route;
import org.jspecify.annotations.Nullable;

/** What became of a {@link OperationRequest}. */
public sealed interface RequestAnswer {

  /** The operation that the request began, now or when it came the first time. */
  record Accepted(Operation operation) implements RequestAnswer {}

  /** Nothing was begun, since it was only asked what would be. */
  record Possible(Route route) implements RequestAnswer {}

  /**
   * Nothing was begun.
   *
   * @param active the operation that stands in the way; null if none does
   */
  record Declined(Cause cause, @Nullable Operation active) implements RequestAnswer {}

  /** Why nothing was begun. */
  enum Cause {
    UNKNOWN_CLUSTER(
        "unknown-cluster", "no cluster in scope has this name", "see the list of clusters"),
    OBSERVE_ONLY(
        "observe-only",
        "the cluster is only observed",
        "set REKEY_MODE, or the cluster's tag rekey-mode, to auto or approve"),
    KMS_NOT_ON_VERSIONED_KEY(
        "kms-not-on-versioned-key",
        "the cluster does not encrypt its Secrets with a versioned key of KMS v2",
        "see the cluster's posture in the list of clusters"),
    OTHER_KEY_IN_USE(
        "other-key-in-use",
        "the cluster uses another key version than the request expects",
        "look at the cluster again and ask with the version that it uses now"),
    NO_NEWER_VERSION(
        "no-newer-version",
        "the cluster is on the newest version of its key that can be used",
        "make a new version of the key first"),
    VAULT_ATTACHED(
        "vault-attached",
        "AKS can't reach the vault in use another way while KMS is on",
        "ask for change-vault-access, or name a version in another vault"),
    NOTHING_TO_CHANGE(
        "nothing-to-change",
        "the vault is reached so already, or KMS is off",
        "see the cluster's posture in the list of clusters"),
    KMS_IS_OFF(
        "kms-is-off",
        "KMS is off, so there is no KMS v1 to leave",
        "ask for enable: from Kubernetes 1.27 on that is KMS v2"),
    NOTHING_TO_RETURN_TO(
        "nothing-to-return-to",
        "the ledger names no earlier key version under which everything was proved, and after which"
            + " only the one in use came",
        "let it go forward: ask for reencrypt once the version in use can be used"),
    OTHER_VERSION_PROVED(
        "other-version-proved",
        "everything was proved under another key version than the one named to return to",
        "leave targetKeyId out, or name the version before the one in use"),
    NO_VERSION_DROPPED(
        "no-version-dropped",
        "the vault holds no version of the cluster's key that is older than the one in use and in no"
            + " slot",
        "name the missing version (targetKeyId); one that was deleted must be recovered first (az"
            + " keyvault key recover)"),
    CURRENT_VERSION_UNKNOWN(
        "current-version-unknown",
        "the vault does not list the key version that the cluster uses",
        "see whether the key was deleted, and recover it"),
    OPERATION_ACTIVE(
        "operation-active",
        "another operation is active on the cluster",
        "wait for it to end, then ask again"),
    REQUEST_KEY_REUSED(
        "request-key-reused",
        "the idempotency key has served another request",
        "use a new key for a new request");

    private final String token;
    private final String sentence;
    private final String remedy;

    Cause(String token, String sentence, String remedy) {
      this.token = token;
      this.sentence = sentence;
      this.remedy = remedy;
    }

    public String token() {
      return token;
    }

    public String sentence() {
      return sentence;
    }

    public String remedy() {
      return remedy;
    }
  }
}
