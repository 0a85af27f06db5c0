package dev.rekey.storage;

import dev.rekey.fleet.WaveReleases;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.Stored;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What persons have released of the waves of keys, which belong to no cluster. */
final class WaveRows {
  private static final String RELEASES = "rekey.dev/wave-releases/v1";

  /** No cluster's name begins with an underscore. */
  private static final String PARTITION = "_keys";

  private final Table table;
  private final RecordCodec codec;

  WaveRows(Table table, RecordCodec codec) {
    this.table = table;
    this.codec = codec;
  }

  Optional<Stored<WaveReleases>> get(VaultKey key) {
    return table
        .get(PARTITION, rowKey(key))
        .map(row -> new Stored<>(codec.read(RELEASES, row.text(), WaveReleases.class), row.etag()));
  }

  /**
   * @param before what it replaces; null if there was none
   */
  void put(VaultKey key, WaveReleases releases, @Nullable Stored<WaveReleases> before) {
    String text = codec.write(RELEASES, releases);
    if (before == null) {
      table.insert(PARTITION, rowKey(key), text);
    } else {
      table.replace(PARTITION, rowKey(key), text, before.etag());
    }
  }

  /** A vault ignores the case of a key's name. */
  private static String rowKey(VaultKey key) {
    return "waves-" + key.vaultHost() + "!" + key.name().toLowerCase(Locale.ROOT);
  }
}
