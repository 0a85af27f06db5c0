package dev.rekey.key;

/**
 * A text that is not the full URL of a key version in a vault of the cloud. Its message names form
 * and remedy.
 */
public final class InvalidKeyId extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidKeyId(String problem, Cloud cloud) {
    super(
        problem
            + "; expected https://<vault>."
            + cloud.vaultSuffix()
            + "/keys/<name>/<version>, as printed by: az keyvault key show --query key.kid");
  }
}
