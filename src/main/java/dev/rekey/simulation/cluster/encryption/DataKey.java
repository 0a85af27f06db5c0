package dev.rekey.simulation.cluster.encryption;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that seals content: AES-256-GCM. It lies beside what it sealed, wrapped by a key version
 * of the vault.
 */
final class DataKey {
  private static final int SEED_LENGTH = 32;
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;
  private static final int TAG_LENGTH = TAG_BITS / 8;

  private final byte[] seed;
  private final SecretKeySpec key;
  private final Cipher cipher;
  private long sealed;

  DataKey(byte[] seed) {
    this.seed = seed;
    this.key = new SecretKeySpec(seed, "AES");
    this.cipher = newCipher();
  }

  static DataKey draw(RandomGenerator random) {
    byte[] seed = new byte[SEED_LENGTH];
    random.nextBytes(seed);
    return new DataKey(seed);
  }

  byte[] seed() {
    return seed.clone();
  }

  /**
   * A counter is nonce enough: a data key seals in one process only, all others merely open with
   * it.
   */
  byte[] seal(byte[] content) {
    byte[] nonce = ByteBuffer.allocate(NONCE_LENGTH).putLong(4, sealed++).array();
    byte[] result = Arrays.copyOf(nonce, NONCE_LENGTH + content.length + TAG_LENGTH);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.doFinal(content, 0, content.length, result, NONCE_LENGTH);
      return result;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("a fresh nonce is always accepted", impossible);
    }
  }

  byte[] open(byte[] value) throws TransformFailure {
    try {
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, value, 0, NONCE_LENGTH));
      return cipher.doFinal(value, NONCE_LENGTH, value.length - NONCE_LENGTH);
    } catch (GeneralSecurityException foreign) {
      throw new TransformFailure("cipher: message authentication failed");
    }
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has AES-GCM", missing);
    }
  }
}
