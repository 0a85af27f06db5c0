package dev.rekey.simulation.azure.http.arm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.simulation.azure.http.AzureAnswer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** ARM's JSON. */
final class ArmBodies {
  private static final JsonMapper JSON = new JsonMapper();

  private ArmBodies() {}

  /** Reads a body; empty if it isn't an object. */
  static Optional<ObjectNode> parse(String text) {
    try {
      return JSON.readTree(text) instanceof ObjectNode body ? Optional.of(body) : Optional.empty();
    } catch (JsonProcessingException notJson) {
      return Optional.empty();
    }
  }

  static String error(String code, @Nullable String message) {
    ObjectNode body = JSON.createObjectNode();
    body.putObject("error").put("code", code).put("message", message);
    return body.toString();
  }

  static AzureAnswer refusal(int status, String code) {
    return AzureAnswer.json(status, error(code, "The request is refused."));
  }

  static String page(List<ObjectNode> all, @Nullable String nextLink) {
    ObjectNode page = JSON.createObjectNode();
    page.putArray("value").addAll(all);
    if (nextLink != null) {
      page.put("nextLink", nextLink);
    }
    return page.toString();
  }

  /** An asynchronous operation as it stands. */
  static String operation(String path, UpdateProgress progress) {
    ObjectNode body = JSON.createObjectNode();
    body.put("id", path);
    body.put("name", path.substring(path.lastIndexOf('/') + 1));
    body.put("startTime", "2026-03-01T10:00:00Z");
    switch (progress.state()) {
      case RUNNING -> body.put("status", "InProgress");
      case SUCCEEDED -> body.put("status", "Succeeded");
      case FAILED -> {
        body.put("status", "Failed");
        body.putObject("error")
            .put("code", progress.code())
            .put("message", "Details of the failure, which nobody should quote.");
      }
    }
    return body.toString();
  }

  static String kubeconfig(String text) {
    String encoded = Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    ObjectNode body = JSON.createObjectNode();
    body.putArray("kubeconfigs").addObject().put("name", "clusterUser").put("value", encoded);
    return body.toString();
  }
}
