package dev.rekey.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.Counted;
import dev.rekey.fleet.ForeignKeys;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.service.CountReport;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a cluster's Secrets lay when they were last counted or proved. */
final class CountedJson {
  private CountedJson() {}

  static ObjectNode of(CountReport report) {
    Counted counted = report.counted();
    Instant since = report.underOneKeySince();
    ObjectNode json =
        Json.object()
            .put("at", counted.at().toString())
            .put("operation", "/api/operations/" + counted.operationId())
            .put("proof", counted.isProof())
            .put("home", counted.home())
            .put("plain", counted.under().getOrDefault(KeyIdHash.PLAIN, 0L))
            .put("unknown", counted.unknown())
            .put("underOneKeySince", since == null ? null : since.toString());
    putKeys(json, counted.under());
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
