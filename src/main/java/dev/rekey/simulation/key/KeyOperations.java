package dev.rekey.simulation.key;

/** What a KMS plugin asks of the vault: to wrap and unwrap a data key with one key version. */
public interface KeyOperations {

  /**
   * Wraps a few bytes.
   *
   * @param keyUrl the full URL of the key version
   * @throws KeyRefused if the vault does not let the version be used now
   */
  byte[] encrypt(String keyUrl, byte[] plain) throws KeyRefused;

  /**
   * Unwraps what {@link #encrypt} gave for the same key version.
   *
   * @param keyUrl the full URL of the key version
   * @throws KeyRefused if the vault does not let the version be used now, or the bytes are not its
   *     own
   */
  byte[] decrypt(String keyUrl, byte[] cipher) throws KeyRefused;
}
