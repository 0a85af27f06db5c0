package dev.rekey.simulation.cluster.encryption;

import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * Data keys that were unwrapped once; they stay in memory for a day. That is why a server which
 * hasn't restarted goes on reading, and rewriting, what lies under a key version that was disabled
 * meanwhile, while one that has restarted can't.
 */
final class UnwrappedKeys {
  private static final Duration LIFETIME = Duration.ofHours(24);

  private record Entry(DataKey key, Instant expires) {}

  private final String keyUrl;
  private final KeyOperations keys;
  private final Map<WrappedKey, Entry> entries = new HashMap<>();

  UnwrappedKeys(String keyUrl, KeyOperations keys) {
    this.keyUrl = keyUrl;
    this.keys = keys;
  }

  DataKey get(WrappedKey wrapped, Instant now) throws TransformFailure {
    Entry entry = entries.get(wrapped);
    if (entry != null && now.isBefore(entry.expires)) {
      return entry.key;
    }
    DataKey key = unwrap(wrapped);
    put(wrapped, key, now);
    return key;
  }

  void put(WrappedKey wrapped, DataKey key, Instant now) {
    entries.put(wrapped, new Entry(key, now.plus(LIFETIME)));
  }

  private DataKey unwrap(WrappedKey wrapped) throws TransformFailure {
    try {
      return new DataKey(keys.decrypt(keyUrl, wrapped.bytes()));
    } catch (KeyRefused refused) {
      throw new TransformFailure("failed to decrypt DEK, error: " + refused.reason());
    }
  }
}
