package dev.rekey.testbed;

import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** The smallest vault that will do: a key of its own per URL, which can be disabled. */
public final class KeysInMemory implements KeyOperations {
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final Map<String, SecretKey> keys = new ConcurrentHashMap<>();
  private final Set<String> disabled = ConcurrentHashMap.newKeySet();

  public void disable(String keyUrl) {
    disabled.add(keyUrl);
  }

  public void enable(String keyUrl) {
    disabled.remove(keyUrl);
  }

  @Override
  public byte[] encrypt(String keyUrl, byte[] plain) throws KeyRefused {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, key(keyUrl));
      byte[] sealed = cipher.doFinal(plain);
      return ByteBuffer.allocate(NONCE + sealed.length).put(cipher.getIV()).put(sealed).array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte[] decrypt(String keyUrl, byte[] sealed) throws KeyRefused {
    SecretKey key = key(keyUrl);
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(
          Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, Arrays.copyOf(sealed, NONCE)));
      return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
    } catch (GeneralSecurityException e) {
      throw new KeyRefused(KeyRefused.Reason.NOT_FOUND);
    }
  }

  private SecretKey key(String keyUrl) throws KeyRefused {
    if (disabled.contains(keyUrl)) {
      throw new KeyRefused(KeyRefused.Reason.DISABLED);
    }
    return keys.computeIfAbsent(keyUrl, url -> generated());
  }

  private static SecretKey generated() {
    try {
      KeyGenerator generator = KeyGenerator.getInstance("AES");
      generator.init(256);
      return generator.generateKey();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
