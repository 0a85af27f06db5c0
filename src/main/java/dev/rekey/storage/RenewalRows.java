package dev.rekey.storage;

import dev.rekey.key.RenewalIntent;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.Stored;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Intents to make new versions of keys, which belong to no cluster. */
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
    return table
        .get(PARTITION, rowKey(key))
        .map(row -> new Stored<>(codec.read(RENEWAL, row.text(), RenewalIntent.class), row.etag()));
  }

  /**
   * @param before the intent that it replaces; null if there was none
   */
  void put(VaultKey key, RenewalIntent intent, @Nullable Stored<RenewalIntent> before) {
    String text = codec.write(RENEWAL, intent);
    if (before == null) {
      table.insert(PARTITION, rowKey(key), text);
    } else {
      table.replace(PARTITION, rowKey(key), text, before.etag());
    }
  }

  /** A vault ignores the case of a key's name. */
  private static String rowKey(VaultKey key) {
    return "renewal-" + key.vaultHost() + "!" + key.name().toLowerCase(Locale.ROOT);
  }
}
