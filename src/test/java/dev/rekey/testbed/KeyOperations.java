package dev.rekey.testbed;

/**
 * Where the plugins' keys come from: Key Vault's two operations, by the key version's full URL.
 *
 * <p>Called from several threads at once.
 */
public interface KeyOperations {
  /**
   * @return a ciphertext of less than 1 kB: the API server refuses a longer one
   */
  byte[] encrypt(String keyUrl, byte[] plain) throws KeyRefused;

  byte[] decrypt(String keyUrl, byte[] cipher) throws KeyRefused;
}
