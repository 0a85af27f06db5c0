package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fuzz.Canary;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.service.port.OutsideFault;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whatever Azure Resource Manager answers, or what stands before it. */
class ArmAnswersFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final KeyId KEY =
      KeyId.parse("https://example.vault.azure.net/keys/etcd/2", Cloud.PUBLIC);
  private static final List<Integer> STATUSES =
      List.of(302, 400, 401, 403, 404, 408, 409, 412, 429, 500, 503, 504);

  @FuzzTest
  void anyCluster_isSeenAndGoesBackAsItCameOrIsRefused(byte[] body) {
    Optional<ObjectNode> json = ArmJson.parse(body);
    if (json.isPresent()) {
      assertThat(ArmJson.parse(ArmJson.bytes(json.get()))).isEqualTo(json);
      Clusters.look(json.get());
    }
  }

  /** Records in a class of its own: see {@code KeyEventFuzzTest}. */
  private static final class Clusters {
    private static final ArmScope ID =
        ArmScope.parse(
                "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/prod/providers"
                    + "/Microsoft.ContainerService/managedClusters/one")
            .orElseThrow();

    static void assertIsItsOwnAddress(String id) {
      ArmScope.parse(id).ifPresent(scope -> assertThat(scope.id()).isEqualToIgnoringCase(id));
    }

    static void look(ObjectNode json) {
      try {
        ClusterBody cluster = new ClusterBody("read the cluster one", ID, json);
        if (cluster.view().keyId() != null) {
          assertOnlyTheKeyHasChanged(json, cluster.with(KmsSettings.of(KEY)));
        }
      } catch (OutsideFault refused) {
        Canary.notIn(refused);
      }
    }

    private static void assertOnlyTheKeyHasChanged(ObjectNode before, ObjectNode changed) {
      String at = "/properties/securityProfile/azureKeyVaultKms";
      String keyBefore = before.at(at).path("keyId").textValue();
      ((ObjectNode) changed.at(at)).put("keyId", keyBefore);

      assertThat(changed).isEqualTo(before);
      assertThat(ArmJson.bytes(changed)).isEqualTo(ArmJson.bytes(before));
    }
  }

  @FuzzTest
  void anyStateOfAnUpdate_isKnownOrNone(byte[] body) {
    ArmJson.parse(body)
        .flatMap(OperationAnswer::read)
        .map(UpdateProgress::toString)
        .ifPresent(Canary::notIn);
  }

  @FuzzTest
  void anyRefusal_isClassifiedWithoutAWordOfIt(byte[] body) {
    ArmError error = ArmError.of(body);
    for (int status : STATUSES) {
      Canary.notIn(ArmFaults.ofAnswer("read the cluster one", status, error, null));
    }
  }

  @FuzzTest
  void anyAddressOfAnUpdate_isArmsOwnOrNotAsked(byte[] input) {
    String address = new String(input, StandardCharsets.UTF_8);
    ArmHost host = ArmHost.of(Cloud.PUBLIC);
    if (host.owns(address)) {
      assertThat(URI.create(address).getHost()).isEqualToIgnoringCase(host.name());
    }
    Duration pause = RetryAfter.parse(address, NOW);
    assertThat(pause == null || !pause.isNegative()).isTrue();
    Clusters.assertIsItsOwnAddress(address);
  }
}
