package dev.rekey.simulation.azure;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The secret of one key version. It stands in for RSA and really wraps, so that no other version
 * can unwrap: a Secret under a version that is in no slot is lost in the simulation too.
 */
final class WrappingKey {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final RandomGenerator random;
  private final SecretKeySpec key;
  private final Cipher cipher = aesGcm();

  WrappingKey(RandomGenerator random) {
    this.random = random;
    this.key = new SecretKeySpec(bytes(random, 32), "AES");
  }

  /** A nonce, then the wrapped bytes. */
  synchronized byte[] wrap(byte[] plain) {
    byte[] nonce = bytes(random, NONCE_BYTES);
    try {
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      byte[] wrapped = cipher.doFinal(plain);
      byte[] both = Arrays.copyOf(nonce, NONCE_BYTES + wrapped.length);
      System.arraycopy(wrapped, 0, both, NONCE_BYTES, wrapped.length);
      return both;
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has AES/GCM", missing);
    }
  }

  /** Empty if another key wrapped the bytes, or they were altered. */
  synchronized Optional<byte[]> unwrap(byte[] wrapped) {
    if (wrapped.length < NONCE_BYTES + TAG_BITS / 8) {
      return Optional.empty();
    }
    try {
      cipher.init(
          Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, wrapped, 0, NONCE_BYTES));
      return Optional.of(cipher.doFinal(wrapped, NONCE_BYTES, wrapped.length - NONCE_BYTES));
    } catch (AEADBadTagException foreign) {
      return Optional.empty();
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has AES/GCM", missing);
    }
  }

  private static Cipher aesGcm() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException missing) {
      throw new IllegalStateException("every Java platform has AES/GCM", missing);
    }
  }

  private static byte[] bytes(RandomGenerator random, int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
