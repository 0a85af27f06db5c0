package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The body of one managed cluster. Whatever it holds that no model knows stays in it. */
final class ClusterDocument {
  private final ObjectNode body;
  private final RandomGenerator random;

  ClusterDocument(ObjectNode body, RandomGenerator random) {
    this.body = body.deepCopy();
    this.random = random;
    moveEtag();
  }

  ClusterName name() {
    return ClusterNames.of(resourceId());
  }

  String resourceId() {
    return body.path("id").asText();
  }

  String etag() {
    return body.path("eTag").asText();
  }

  String provisioningState() {
    return body.at("/properties/provisioningState").asText();
  }

  /** The key id as it stands there; null if there is none. */
  @Nullable String keyId() {
    return kms().path("keyId").textValue();
  }

  /** The user-assigned identities, each of which every update "assigns" again. */
  List<String> identities() {
    Iterable<String> ids = () -> body.at("/identity/userAssignedIdentities").fieldNames();
    return StreamSupport.stream(ids.spliterator(), false).toList();
  }

  ManagedCluster view() {
    return new ManagedCluster(
        name(),
        resourceId(),
        ExperienceRule.of(body),
        keyId(),
        etag(),
        provisioningState(),
        tags());
  }

  ObjectNode copy() {
    return body.deepCopy();
  }

  /** Shows another provisioning state and key id, and moves the ETag. */
  void change(String provisioningState, @Nullable String keyId) {
    body.withObject("/properties").put("provisioningState", provisioningState);
    if (kms() instanceof ObjectNode kms) {
      kms.put("keyId", keyId);
    }
    moveEtag();
  }

  void changedBy(Consumer<ObjectNode> change) {
    change.accept(body);
    moveEtag();
  }

  private void moveEtag() {
    body.put("eTag", Guids.next(random));
  }

  private JsonNode kms() {
    return body.at("/properties/securityProfile/azureKeyVaultKms");
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    body.path("tags").properties().forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
    return tags;
  }
}
