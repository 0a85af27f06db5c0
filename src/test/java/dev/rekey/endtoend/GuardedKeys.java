package dev.rekey.endtoend;

import dev.rekey.key.KeyId;
import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import java.util.Set;

/**
 * A vault as a cluster's own identity meets it, which lacks the right to some key versions.
 *
 * @param forbidden may change at any time
 */
record GuardedKeys(KeyOperations keys, Set<KeyId> forbidden) implements KeyOperations {

  @Override
  public byte[] encrypt(String keyUrl, byte[] plain) throws KeyRefused {
    check(keyUrl);
    return keys.encrypt(keyUrl, plain);
  }

  @Override
  public byte[] decrypt(String keyUrl, byte[] cipher) throws KeyRefused {
    check(keyUrl);
    return keys.decrypt(keyUrl, cipher);
  }

  private void check(String keyUrl) throws KeyRefused {
    if (forbidden.stream().anyMatch(one -> one.url().equals(keyUrl))) {
      throw new KeyRefused(KeyRefused.Reason.FORBIDDEN);
    }
  }
}
