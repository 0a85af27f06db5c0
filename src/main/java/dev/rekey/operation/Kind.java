package dev.rekey.operation;

/** What an operation is to bring about. */
public enum Kind {
  /**
   * Another version of the cluster's key becomes current, and every Secret is proved to lie under
   * it.
   */
  ROTATE("rotate"),
  /** Every Secret is rewritten under the key that is current, and proved. */
  REENCRYPT("reencrypt"),
  /** KMS is turned on, and every Secret is proved to lie under the key. */
  ENABLE("enable"),
  /** KMS is turned off, and every Secret is proved to lie plain. */
  DISABLE("disable"),
  /**
   * The vault in use is reached another way: KMS is turned off, the vault changed, KMS turned on.
   */
  CHANGE_VAULT_ACCESS("change-vault-access"),
  /**
   * KMS v1 is turned off, Kubernetes upgraded by a person, and KMS turned on again, which is KMS v2
   * then.
   */
  MIGRATE_TO_KMS_V2("migrate-to-kms-v2"),
  /**
   * A key version in a slot that has expired or was disabled is made usable again, and the cluster
   * is rotated away from it.
   */
  RECOVER_EXPIRED_KEY("recover-expired-key"),
  /**
   * A key version that AKS has dropped while Secrets still lay under it is made current again,
   * every Secret is proved to lie under it, and then the cluster goes forward to the newest
   * version.
   */
  RECOVER_DROPPED_KEY("recover-dropped-key"),
  /**
   * The cluster goes back to the previous slot's version, since no API server could load the new
   * one, and every Secret is proved to lie under it.
   */
  RETURN("return"),
  /** How many Secrets lie under which key. Changes nothing. */
  CENSUS("census");

  private final String token;

  Kind(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }
}
