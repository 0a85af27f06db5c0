package dev.rekey.fleet;

/**
 * The alerts that stay open until mended. The token is stable: users see it and alerts match it.
 */
public enum AlertName {
  /** Somebody else has given the cluster another key version, or turned KMS on. */
  KEY_ID_CHANGED_OUTSIDE("key-id-changed-outside"),
  /** Somebody else has turned KMS off. */
  KMS_TURNED_OFF_OUTSIDE("kms-turned-off-outside"),
  /** A key version in a slot expires soon. */
  SLOT_NEAR_EXPIRY("slot-near-expiry"),
  /** A key version in a slot can't be used. */
  SLOT_UNUSABLE("slot-unusable"),
  /** A key version in the previous slot expires soon, and its expiry could not be moved on. */
  PREVIOUS_NOT_EXTENDED("previous-not-extended"),
  /** The vault has no key any more that a slot needs. */
  KEY_MISSING("key-missing"),
  /** The key version that was in use before KMS was turned off can't be used, or soon won't. */
  KEPT_KEY_AT_RISK("kept-key-at-risk"),
  /** The vault of a slot gives no answer, perhaps because it was deleted. */
  VAULT_UNREACHABLE("vault-unreachable"),
  /** The vault isn't there any more, by what Azure Resource Manager says. */
  VAULT_MISSING("vault-missing"),
  /** The cluster's identity isn't there any more, or is another one. */
  IDENTITY_MISSING("cluster-identity-missing"),
  /** The cluster's identity may no longer use the key. */
  IDENTITY_LACKS_RIGHTS("cluster-identity-lacks-rights");

  private final String token;

  AlertName(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }

  public Alert about(String subject, String reason, String detail) {
    return new Alert(token, subject, reason, detail);
  }
}
