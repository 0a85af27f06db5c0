package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.ForeignKeys;
import dev.rekey.fleet.Whereabouts;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.service.WhereaboutsReport;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a cluster's Secrets lay when they were last counted or proved. */
final class WhereaboutsJson {
  private WhereaboutsJson() {}

  static ObjectNode of(WhereaboutsReport report) {
    Whereabouts whereabouts = report.whereabouts();
    Instant since = report.underOneKeySince();
    ObjectNode json =
        Json.object()
            .put("at", whereabouts.at().toString())
            .put("operation", "/api/operations/" + whereabouts.operationId())
            .put("proof", whereabouts.isProof())
            .put("home", whereabouts.home())
            .put("plain", whereabouts.under().getOrDefault(KeyIdHash.PLAIN, 0L))
            .put("unknown", whereabouts.unknown())
            .put("underOneKeySince", since == null ? null : since.toString());
    putKeys(json, whereabouts.under());
    ObjectNode versions = json.putObject("predictedKeyIds");
    for (Map.Entry<KeyIdHash, KeyId> one : report.versions().entrySet()) {
      versions.put(one.getKey().label(), one.getValue().url());
    }
    json.set("foreign", foreign(report.foreign()));
    return json;
  }

  private static @Nullable ObjectNode foreign(@Nullable ForeignKeys foreign) {
    if (foreign == null) {
      return null;
    }
    ObjectNode json =
        Json.object()
            .put("what", foreign.what().token())
            .put("plain", foreign.under().getOrDefault(KeyIdHash.PLAIN, 0L))
            .put("unknown", foreign.unknown());
    putKeys(json, foreign.under());
    return json;
  }

  /** Upper bounds, by hash; plain ones are told beside them. */
  private static void putKeys(ObjectNode json, Map<KeyIdHash, Long> under) {
    ObjectNode keys = json.putObject("underAtMost");
    under.forEach((key, count) -> put(keys, key, count));
  }

  private static void put(ObjectNode keys, KeyIdHash key, long count) {
    if (!key.equals(KeyIdHash.PLAIN)) {
      keys.put(key.label(), count);
    }
  }
}
