package dev.rekey.simulation.cluster;

import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** A vault that wraps with a keystream per key version. */
public final class TestVault implements KeyOperations {
  private final Map<String, KeyRefused.Reason> unusable = new TreeMap<>();
  private long wrapped;
  private long operations;

  public void refuse(String keyUrl, KeyRefused.Reason reason) {
    unusable.put(keyUrl, reason);
  }

  public void allow(String keyUrl) {
    unusable.remove(keyUrl);
  }

  public long operations() {
    return operations;
  }

  @Override
  public byte[] encrypt(String keyUrl, byte[] plain) throws KeyRefused {
    check(keyUrl);
    long nonce = ++wrapped;
    byte[] result = ByteBuffer.allocate(8 + plain.length).putLong(nonce).put(plain).array();
    mask(keyUrl, nonce, result);
    return result;
  }

  @Override
  public byte[] decrypt(String keyUrl, byte[] cipher) throws KeyRefused {
    check(keyUrl);
    byte[] result = cipher.clone();
    mask(keyUrl, ByteBuffer.wrap(cipher).getLong(), result);
    return Arrays.copyOfRange(result, 8, result.length);
  }

  private void check(String keyUrl) throws KeyRefused {
    operations++;
    KeyRefused.Reason reason = unusable.get(keyUrl);
    if (reason != null) {
      throw new KeyRefused(reason);
    }
  }

  private static void mask(String keyUrl, long nonce, byte[] bytes) {
    byte[] stream = sha256(keyUrl + "|" + nonce);
    for (int index = 8; index < bytes.length; index++) {
      bytes[index] ^= stream[(index - 8) % stream.length];
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
