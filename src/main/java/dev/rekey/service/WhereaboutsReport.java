package dev.rekey.service;

import dev.rekey.fleet.ForeignKeys;
import dev.rekey.fleet.Whereabouts;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a cluster's Secrets lay when they were last counted or proved.
 *
 * @param underOneKeySince since when every count has found all of them under the one key, so that
 *     no other is needed but for backups; null if the last one hasn't
 * @param foreign what lies elsewhere than it should; null if nothing does
 * @param versions key versions by their predicted hashes, as far as any of those is among the
 *     hashes that were counted
 */
public record WhereaboutsReport(
    Whereabouts whereabouts,
    @Nullable Instant underOneKeySince,
    @Nullable ForeignKeys foreign,
    Map<KeyIdHash, KeyId> versions) {

  public WhereaboutsReport {
    versions = Collections.unmodifiableMap(new TreeMap<>(versions));
  }

  static WhereaboutsReport of(
      Whereabouts whereabouts,
      @Nullable Instant underOneKeySince,
      @Nullable ForeignKeys foreign,
      List<KeyId> known) {
    Map<KeyIdHash, KeyId> versions = new TreeMap<>();
    known.forEach(
        version -> {
          KeyIdHash hash = KeyIdHash.predict(version);
          if (whereabouts.under().containsKey(hash)) {
            versions.put(hash, version);
          }
        });
    return new WhereaboutsReport(whereabouts, underOneKeySince, foreign, versions);
  }
}
