package dev.rekey.testbed.functionshost;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What this host needs of host.json.
 *
 * @param routePrefix in front of every route of an HTTP function
 */
public record HostJson(String routePrefix, QueueRules queues) {
  private static final String DEFAULT_PREFIX = "api";

  static HostJson of(JsonNode json) {
    JsonNode extensions = json.path("extensions");
    String prefix = extensions.path("http").path("routePrefix").asText(DEFAULT_PREFIX);
    return new HostJson(prefix, QueueRules.of(extensions.path("queues")));
  }
}
