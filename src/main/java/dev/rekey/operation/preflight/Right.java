package dev.rekey.operation.preflight;

/**
 * A right in Azure.
 *
 * @param action such as {@code Microsoft.KeyVault/vaults/read}
 * @param scope the ARM id of what it is needed on
 */
public record Right(String action, String scope) {

  @Override
  public String toString() {
    return action + " on " + scope;
  }
}
