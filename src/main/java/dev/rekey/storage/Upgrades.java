package dev.rekey.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.NetworkAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a row of an earlier schema reads in the next one. What it doesn't say is not made up. */
final class Upgrades {
  private static final Map<String, Upgrade> BY_SCHEMA =
      Map.of(
          "rekey.dev/operation/v1",
          new Upgrade("rekey.dev/operation/v2", Upgrades::operation),
          "rekey.dev/operation/v2",
          new Upgrade("rekey.dev/operation/v2", Upgrades::withWishToAsk),
          "rekey.dev/ledger/v1",
          new Upgrade("rekey.dev/ledger/v2", Upgrades::ledger));

  private Upgrades() {}

  /**
   * One step.
   *
   * @param to the schema that it leads to
   */
  record Upgrade(String to, UnaryOperator<ObjectNode> change) {}

  /** Empty if rows of this schema are not known. */
  static Optional<Upgrade> from(String schema) {
    return Optional.ofNullable(BY_SCHEMA.get(schema));
  }

  /** With the members, empty, that a document's schema has had only since it was written. */
  static JsonNode withLaterMembers(String schema, JsonNode document) {
    if (schema.equals(Evidence.SCHEMA) && document instanceof ObjectNode evidence) {
      if (!evidence.has("concerns")) {
        evidence.putArray("concerns");
      }
      Stream.of("broughtBack", "foundReadable", "keysInUse")
          .filter(member -> !evidence.has(member))
          .forEach(evidence::putNull);
    }
    return document;
  }

  /**
   * Of the first release: one key version to start from and one to end with, of vaults that are
   * reached over their public endpoints. Where AKS shows another way to the vault, the operation
   * stalls and says so.
   */
  private static ObjectNode operation(ObjectNode row) {
    ObjectNode route = row.putObject("route").putNull("upgradeTo");
    ArrayNode stops = route.putArray("stops");
    if (row.path("managed").asBoolean()) {
      stops.add(settings(row.path("from")));
      stops.add(settings(row.path("to")));
    }
    row.remove(List.of("managed", "from", "to"));
    withWishToAsk(row);
    if (row.path("progress") instanceof ObjectNode progress) {
      progress.putArray("phases");
      progress.putNull("upgrade");
      progress.putObject("orders").putArray("last");
      if (progress.path("findings") instanceof ObjectNode findings) {
        findings.putArray("concerns");
        findings.putArray("restorations");
        findings.putNull("dropped");
        findings.putNull("foundReadable");
      }
      if (progress.path("update") instanceof ObjectNode update) {
        update.putArray("servers");
      }
    }
    return row;
  }

  /** Of before a mode could ask for an approval: none was asked for. */
  private static ObjectNode withWishToAsk(ObjectNode row) {
    if (row.path("origin") instanceof ObjectNode origin && !origin.has("asksFirst")) {
      origin.put("asksFirst", false);
    }
    return row;
  }

  private static JsonNode settings(JsonNode key) {
    ObjectNode settings = RecordCodec.object();
    settings.set("key", key);
    return settings.put("access", NetworkAccess.PUBLIC.name()).putNull("vaultResourceId");
  }

  /** Of the first release: a proof named key versions, of which the hash follows. */
  private static ObjectNode ledger(ObjectNode row) {
    if (row.path("proved") instanceof ObjectNode proved) {
      proved.put("under", hash(proved.path("key")));
      proved.put("orUnder", hash(proved.path("orUnder")));
    }
    return row;
  }

  private static @Nullable String hash(JsonNode key) {
    return key.isTextual() ? KeyIdHash.predict(OwnTypes.keyId(key.textValue())).label() : null;
  }
}
