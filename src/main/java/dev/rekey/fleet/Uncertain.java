package dev.rekey.fleet;

/**
 * Why it can't be told whether a key version is still needed. The token is stable: users see it and
 * alerts match it.
 */
public enum Uncertain {
  CLUSTER_NOT_LOOKED_AT(
      "cluster-not-looked-at", "clusters in scope could not be looked at, and any may need it"),
  RECORDS_UNREADABLE(
      "records-unreadable", "what was recorded of the cluster can't be read, so it may need any"),
  KEY_IN_USE_UNKNOWN(
      "key-in-use-unknown", "the cluster follows a key by itself, or names none that can be read"),
  PREVIOUS_SLOT_UNKNOWN(
      "previous-slot-unknown", "it may be in the previous slot, which AKS doesn't show"),
  SECRETS_UNDECRYPTABLE(
      "secrets-undecryptable", "Secrets can't be decrypted, so they may lie under it"),
  EXCEPTIONS_NOT_CLEARED(
      "exceptions-not-cleared", "Secrets could not be rewritten or read, so they may lie under it"),
  STRANGE_KEY_STORED(
      "strange-key-stored",
      "Secrets lie under a key that none of the known versions explains, so it may be this one"),
  NEVER_PROVED("never-proved", "no proof or whole count says that no Secret lies under it");

  private final String token;
  private final String sentence;

  Uncertain(String token, String sentence) {
    this.token = token;
    this.sentence = sentence;
  }

  public String token() {
    return token;
  }

  public String sentence() {
    return sentence;
  }
}
