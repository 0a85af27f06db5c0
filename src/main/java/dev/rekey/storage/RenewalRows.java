package dev.rekey.storage;

import dev.rekey.key.KeyId;
import dev.rekey.key.RenewalIntent;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.Stored;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Intents to make new versions of keys, and to move on the expiry of others, which belong to no
 * cluster.
 */
final class RenewalRows {
  private static final String RENEWAL = "rekey.dev/renewal-intent/v1";

  /** No cluster's name begins with an underscore. */
  private static final String PARTITION = "_keys";

  private final Table table;
  private final RecordCodec codec;

  RenewalRows(Table table, RecordCodec codec) {
    this.table = table;
    this.codec = codec;
  }

  Optional<Stored<RenewalIntent>> get(VaultKey key) {
    return get(rowKey(key));
  }

  /** The intent to move a version's expiry on. */
  Optional<Stored<RenewalIntent>> get(KeyId version) {
    return get(rowKey(version));
  }

  private Optional<Stored<RenewalIntent>> get(String rowKey) {
    return table
        .get(PARTITION, rowKey)
        .map(row -> new Stored<>(codec.read(RENEWAL, row.text(), RenewalIntent.class), row.etag()));
  }

  /**
   * @param before the intent that it replaces; null if there was none
   */
  void put(VaultKey key, RenewalIntent intent, @Nullable Stored<RenewalIntent> before) {
    put(rowKey(key), intent, before);
  }

  /**
   * @param before the intent that it replaces; null if there was none
   */
  void putExtension(RenewalIntent intent, @Nullable Stored<RenewalIntent> before) {
    put(rowKey(intent.expiring()), intent, before);
  }

  private void put(String rowKey, RenewalIntent intent, @Nullable Stored<RenewalIntent> before) {
    String text = codec.write(RENEWAL, intent);
    if (before == null) {
      table.insert(PARTITION, rowKey, text);
    } else {
      table.replace(PARTITION, rowKey, text, before.etag());
    }
  }

  /** A vault ignores the case of a key's name. */
  private static String rowKey(VaultKey key) {
    return "renewal-" + name(key);
  }

  private static String rowKey(KeyId version) {
    return "extension-" + name(version.key()) + "!" + version.version().toLowerCase(Locale.ROOT);
  }

  private static String name(VaultKey key) {
    return key.vaultHost() + "!" + key.name().toLowerCase(Locale.ROOT);
  }
}
