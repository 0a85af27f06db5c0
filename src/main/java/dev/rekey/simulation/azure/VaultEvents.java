package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyVersion;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Key Vault's events in Event Grid's schema, as documented: an array of one, seven digits of a
 * second, and dates in seconds since 1970.
 */
final class VaultEvents {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter SEVEN_DIGITS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final String VAULTS =
      "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/vaults"
          + "/providers/Microsoft.KeyVault/vaults/";

  private final RandomGenerator random;

  VaultEvents(RandomGenerator random) {
    this.random = random;
  }

  String text(KeyEventType type, KeyVersion version, Instant now) {
    String host = version.id().key().vaultHost();
    String vaultName = host.substring(0, host.indexOf('.'));
    ObjectNode event = JSON.createObjectNode();
    event.put("id", Guids.next(random));
    event.put("topic", VAULTS + vaultName);
    event.put("subject", version.id().key().name());
    event.put("eventType", type.eventGridName());
    event.put("eventTime", SEVEN_DIGITS.format(now));
    event.set("data", data(version, vaultName));
    event.put("dataVersion", "1");
    event.put("metadataVersion", "1");
    return JSON.createArrayNode().add(event).toString();
  }

  private static ObjectNode data(KeyVersion version, String vaultName) {
    ObjectNode data = JSON.createObjectNode();
    data.put("Id", version.id().url());
    data.put("VaultName", vaultName);
    data.put("ObjectType", "Key");
    data.put("ObjectName", version.id().key().name());
    data.put("Version", version.id().version());
    data.put("NBF", seconds(version.notBefore()));
    data.put("EXP", seconds(version.expires()));
    return data;
  }

  private static @Nullable Long seconds(@Nullable Instant instant) {
    return instant == null ? null : instant.getEpochSecond();
  }
}
