package dev.rekey.operation;

/**
 * Why a step decided as it did. The token is stable: users see it and alerts match it. The sentence
 * is for people; the remedy says what a person can do, and is empty where nothing needs doing.
 */
public enum Reason {
  // done
  CHECKS_PASSED("checks-passed", "all checks passed", ""),
  APPROVED("approved", "a person has approved the plan", ""),
  NOTHING_TO_RESCUE(
      "nothing-to-rescue",
      "nothing is written before the current key version can be used again",
      ""),
  RESCUED("rescued", "what API servers could still read lies under the current key", ""),
  RESCUE_NOT_POSSIBLE(
      "rescue-not-possible", "no API server could be asked to rewrite what it can still read", ""),
  SLOTS_USABLE("slots-usable", "the key versions in the slots can be used", ""),
  CONVERGED("converged", "every API server reads the target key", ""),
  PROVED_ON_CURRENT("proved-on-current", "every Secret is proved to lie under the current key", ""),
  KEY_ALREADY_MOVED("key-already-moved", "the cluster is on the target key version already", ""),
  FOUND_READABLE("found-readable", "every Secret was found readable", ""),
  UPGRADED("upgraded", "the cluster runs a Kubernetes that has KMS v2", ""),
  VAULT_READY(
      "vault-ready", "the vault is open, or closed, as the cluster is about to need it", ""),
  KEY_ID_UPDATED("key-id-updated", "ARM shows the target key version and has settled", ""),
  PASS_COMPLETE("pass-complete", "every Secret has been looked at", ""),
  PROVED("proved", "every Secret is proved to lie under the target key", ""),
  PROVED_BUT_EXCEPTIONS(
      "proved-but-exceptions",
      "every Secret but the exceptions is proved to lie under the target key",
      ""),
  COUNTED("counted", "the Secrets under each key have been counted", ""),
  NOTHING_TO_LOSE(
      "nothing-to-lose",
      "all that can be read lies under the current key, and nothing under the one to be dropped",
      ""),
  COUNT_NOT_POSSIBLE(
      "count-not-possible",
      "it could not be counted what lies under which key, as the approved plan says",
      ""),
  LOCATED("located", "what lies under another key has been named", ""),
  LOCATED_IN_PART("located-in-part", "not all that lies under another key could be named", ""),
  ALL_UNDER_ONE_KEY("all-under-one-key", "nothing lies under another key", ""),
  RECORDED("recorded", "the evidence is stored", ""),

  // at work
  LISTING("listing-secrets", "listing Secrets, metadata only", ""),
  LOOKING_FOR_WRITE_KEY(
      "looking-for-write-key", "seeing which key each API server writes with", ""),
  SCRAPING("reading-counters", "reading the API servers' counters", ""),
  ESTIMATING("estimating", "predicting how long it will take", ""),
  READING_QUIETLY("reading-quietly", "seeing what other clients read while nothing is sent", ""),
  LOOKING_FOR_UNREADABLE(
      "looking-for-unreadable", "looking at each Secret for those that can't be decrypted", ""),
  LOCATING("locating", "finding out where Secrets lie under another key", ""),
  DISPATCHING("dispatching-shards", "handing out shards", ""),
  SHARDS_AT_WORK("shards-at-work", "shards are at work", ""),
  CLOSING_PASS("closing-pass", "adding up the tallies and reading the counters again", ""),
  RECORDING("recording", "storing what was found", ""),
  CHANGING_VAULT("changing-vault", "asking ARM to open or close the vault", ""),
  RESTORING_KEY("restoring-key", "asking the vault to make a key version usable again", ""),
  SENDING_UPGRADE("sending-upgrade", "asking ARM to upgrade Kubernetes", ""),
  SENDING_UPDATE("sending-update", "asking ARM to update the cluster", ""),

  // waiting
  CLUSTER_BUSY("cluster-busy", "ARM is carrying out an update of the cluster", ""),
  RESCUING("rescuing", "rewriting what API servers can still read", ""),
  COUNTING("counting", "counting what lies under which key", ""),
  KEY_CHANGING("key-changing", "the vault is making the key version usable", ""),
  VAULT_CHANGING("vault-changing", "ARM is changing the vault", ""),
  REPLICA_NOT_SEEN("replica-not-seen", "a live API server has not answered yet", ""),
  REPLICA_DOES_NOT_READ_TARGET(
      "replica-does-not-read-target", "an API server does not read the target key yet", ""),
  REPLICAS_READ_DIFFERENT_KEYS(
      "replicas-read-different-keys", "the API servers do not all read the same keys", ""),
  REPLICA_RUNS_AS_BEFORE(
      "replica-runs-as-before",
      "an API server has neither restarted nor loaded another configuration since the update",
      ""),
  REPLICA_DOES_NOT_WRITE_TARGET(
      "replica-does-not-write-target",
      "an API server still writes otherwise than the target says",
      ""),
  OUTSIDE_NOT_ANSWERING("outside-not-answering", "a system that is needed does not answer", ""),
  OUTSIDE_WINDOW("outside-window", "the cluster's maintenance window is closed", ""),

  // refused: nothing has been changed
  KMS_ALREADY_ON(
      "kms-already-on",
      "the cluster encrypts its Secrets with a key of yours already",
      "rotate to move it to another key version"),
  KMS_OFF(
      "kms-off",
      "the cluster does not encrypt its Secrets with a key of yours",
      "turn KMS on first"),
  PLATFORM_MANAGED(
      "platform-managed",
      "the cluster is on the platform-managed or versionless-key experience",
      "AKS rotates that key itself"),
  KMS_VERSION_UNPROVED(
      "kms-version-unproved",
      "it can't be seen that the cluster is on KMS v2",
      "migrate to KMS v2 first (migrate-to-kms-v2)"),
  KUBERNETES_TOO_OLD(
      "kubernetes-too-old",
      "before Kubernetes 1.27 AKS turns on KMS v1, under which nothing can be proved",
      "upgrade the cluster to 1.27 or later first (az aks upgrade)"),
  KMS_V2_ALREADY(
      "kms-v2-already",
      "the cluster is on KMS v2 already",
      "rotate to move it to another key version"),
  API_SERVERS_NOT_TOLD(
      "api-servers-not-told",
      "before Kubernetes 1.26 nothing tells how many API servers there are",
      "upgrade the cluster to 1.26 first, which KMS v1 doesn't stand against (az aks upgrade)"),
  UPGRADE_NOT_ONE_STEP(
      "upgrade-not-one-step",
      "AKS upgrades Kubernetes by one minor version at a time, and never back",
      "name a version of the next minor one that AKS offers the cluster (az aks get-upgrades)"),
  UPGRADE_TAKES_NODES(
      "upgrade-takes-nodes",
      "AKS upgrades the node pools of this cluster together with its control plane",
      "leave the version out, and upgrade the cluster yourself when the operation asks for it"),
  CLUSTER_FAILED(
      "cluster-failed",
      "ARM shows the cluster as failed",
      "bring the cluster back to Succeeded (az aks update), then try again"),
  CLUSTER_MOVED(
      "cluster-moved",
      "the cluster no longer has the settings of KMS that the operation starts from",
      "start again; the new operation takes the cluster as it is now"),
  TARGET_NOT_FOUND(
      "target-not-found", "the vault has no such key version", "name a version that exists"),
  TARGET_UNFIT(
      "target-unfit",
      "the target key version can't be used",
      "enable it, move its dates, or make another version; where the operation has sent no update"
          + " yet, a rotation to another takes its place"),
  TARGET_NOT_NEWER(
      "target-not-newer",
      "the target is older than the key version in use, and rotation goes forward only",
      "make a new key version"),
  TARGET_OF_ANOTHER_KEY(
      "target-of-another-key",
      "the target is a version of another key than the cluster uses",
      "name a version of the same key"),
  CURRENT_KEY_UNFIT(
      "current-key-unfit",
      "the key version in use can't be used, and AKS refuses to rotate away from such a one",
      "make it usable first: enable it or extend its expiry"),
  SLOTS_IN_ORDER(
      "slots-in-order",
      "no key version in the cluster's slots has expired or is disabled",
      "nothing needs recovering; rotate as ever"),
  SLOT_BEYOND_RECOVERY(
      "slot-beyond-recovery",
      "a key version in a slot can't be used for a reason that enabling and extending don't cure",
      "see the version in the vault; recover the key if it was deleted (az keyvault key recover)"),
  NOTHING_UNREADABLE(
      "nothing-unreadable",
      "every Secret can be decrypted, so no key version is missing",
      "nothing needs recovering; rotate as ever"),
  VERSION_IN_SLOT(
      "version-in-slot",
      "an API server reads this key version now, so it isn't the missing one",
      "name none, or one that AKS has dropped"),
  SLOT_UNFIT(
      "slot-unfit",
      "a key version in a slot can't be used, and what lies under it would be taken for lost",
      "make it usable first (the command stands in the message), then ask again"),
  PREFLIGHT_FAILED(
      "preflight-failed",
      "something around the cluster stands against the change",
      "follow the remedy that the message names for each check, then start again; a rotation that"
          + " an event began is tried again by itself"),
  RETURN_UNPROVED(
      "return-unproved",
      "it isn't proved that every Secret lies under the key version to go back to",
      "let it go forward: make the version that ARM shows usable, then rewrite (reencrypt)"),
  NEW_KEY_LOADED(
      "new-key-loaded",
      "an API server has loaded the key version that the cluster is to be led back from",
      "let it go forward: ask for reencrypt, which takes the place of what led here; where the"
          + " version can't be used, make it usable first (recover-expired-key)"),
  ACCESS_DENIED("access-denied", "a right is missing", "grant the right that the message names"),

  // ended by a person
  CANCELLED("cancelled", "a person has ended it before anything was changed", ""),
  RETURNED("returned", "a person leads the cluster back to the version before instead", ""),
  OVERTAKEN(
      "overtaken",
      "somebody else has changed the cluster, and a person goes on from there instead",
      ""),
  GONE_FORWARD("gone-forward", "a person lets the cluster go forward instead", ""),
  BRINGING_BACK("bringing-back", "a person brings a dropped key version back first", ""),
  GAVE_WAY(
      "gave-way",
      "a person has asked for another operation before this one had changed anything",
      ""),

  // ended by Rekey itself
  SUPERSEDED(
      "superseded",
      "its target is no longer the newest key version that can be used; nothing was changed",
      ""),

  // stalled: a person must act
  AWAITING_APPROVAL(
      "awaiting-approval",
      "a person must approve the plan before anything is changed",
      "look at the plan and at what must be known before (approval), then approve it by its hash"),
  PAUSED("paused", "a person has paused it", "resume it when it may go on"),
  WINDOW_UNREADABLE(
      "window-unreadable",
      "it can't be read when the cluster's maintenance window is open, so nothing is begun",
      "write the tag rekey-window as in \"Sat,Sun 02:00-06:00 Europe/Berlin\", or mend what the"
          + " message names; it goes on by itself"),
  CLUSTER_ON_ANOTHER_KEY(
      "cluster-on-another-key",
      "the cluster's settings of KMS are neither the old nor the new ones",
      "find out who changed it; start a new operation from there, which takes its place"),
  CLUSTER_MOVED_BACK(
      "cluster-moved-back",
      "somebody has taken back what the operation had changed on the cluster",
      "find out who changed it; retry makes the change again, and a new operation takes its place"),
  SECRETS_UNREADABLE(
      "secrets-unreadable",
      "not every Secret was found readable, so KMS stays on",
      "see which they are (exceptions) and mend or delete them; it looks again by itself"),
  SECRETS_NOT_WRITABLE(
      "secrets-not-writable",
      "Secrets could not be rewritten, and would stay under KMS v1; so KMS stays on",
      "see which they are (exceptions) and what stands against them; it looks again by itself"),
  AWAITING_UPGRADE(
      "awaiting-upgrade",
      "KMS is off and every Secret is stored plain until Kubernetes is upgraded to 1.27 or later",
      "upgrade the cluster at once with the command that the message names; the operation goes on"
          + " by itself, or at once with retry"),
  UPGRADE_KEEPS_FAILING(
      "upgrade-keeps-failing",
      "KMS is off and every Secret is stored plain, and ARM has failed the upgrade of Kubernetes"
          + " several times",
      "see the cluster's activity log for the cause, or upgrade it yourself with the command that"
          + " the message names; the operation goes on by itself"),
  VAULT_FIREWALLED(
      "vault-firewalled",
      "the vault lets selected networks in, through which API servers don't come; KMS is off",
      "open it to all networks (az keyvault update --default-action Allow); the operation goes on"
          + " by itself"),
  VAULT_MOVED_BACK(
      "vault-moved-back",
      "somebody has opened or closed the vault again after it was ready; KMS is off",
      "find out who changed it; it goes on by itself once the vault is as it shall be, and retry"
          + " makes the change again"),
  FOREIGN_KEY_STORED(
      "foreign-key-stored",
      "Secrets lie under a key that is neither the target nor the one before",
      "find the Secrets with a census before anything drops that key"),
  UPDATE_KEEPS_FAILING(
      "update-keeps-failing",
      "ARM has failed the update several times",
      "see the cluster's activity log for the cause"),
  NOT_CONVERGING(
      "not-converging",
      "the API servers have not come to the target for a long time",
      "see the cluster's KMS health; the operation goes on by itself afterwards. Where hardly a"
          + " Secret can be decrypted, bring the missing key version back (recover-dropped-key, which"
          + " takes this operation's place)"),
  STILL_FOREIGN_READS(
      "still-foreign-reads",
      "each round still read Secrets under another key",
      "find who writes or deletes such Secrets; then retry"),
  COUNTERS_INTERRUPTED(
      "counters-interrupted",
      "API servers restarted or went unseen in each round",
      "retry when they are stable"),
  UNPROVED_EXCEPTIONS(
      "unproved-exceptions",
      "exceptions may lie under the key that a rotation would drop",
      "resolve the exceptions (see them with the evidence), then retry"),
  KEY_VERSION_DROPPED(
      "key-version-dropped",
      "Secrets can't be decrypted: they lie under a key version that the cluster no longer holds",
      "bring it back (recover-dropped-key, which takes this operation's place); asked again, that"
          + " tries the next older version"),
  ETAG_KEEPS_MOVING(
      "etag-keeps-moving",
      "something keeps changing the cluster in ARM while it is being proved",
      "pause what changes it, then retry"),
  PROMISE_BROKEN(
      "promise-broken",
      "one of Rekey's own promises does not hold",
      "keep the records as they are and report it: it is a mistake of Rekey, or somebody changed them");

  private final String token;
  private final String sentence;
  private final String remedy;

  Reason(String token, String sentence, String remedy) {
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
