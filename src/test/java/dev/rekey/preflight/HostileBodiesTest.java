package dev.rekey.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.simulation.azure.http.AzureAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose members are missing, or what they can't be. */
class HostileBodiesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUOTED = "what nobody should quote";
  private static final List<String> JUNK =
      List.of("null", "7", "true", "{}", "[[]]", "\"" + QUOTED + "\"");

  private static final List<String> OF_VAULTS =
      List.of(
          "vaults/sample-kv",
          "roleAssignments",
          "roleDefinitions",
          "diagnosticSettings",
          "resources");

  private final PreflightWorld world = new PreflightWorld();

  @AfterEach
  void stop() {
    world.close();
  }

  /** What decides a check, where it is something else than it can be. */
  @ParameterizedTest
  @CsvSource({
    "provisioning-succeeded, managedClusters/prod, /properties/provisioningState",
    "no-operation-in-progress, managedClusters/prod, /properties/agentPoolProfiles/0/provisioningState",
    "no-operation-in-progress, managedClusters/prod, /properties/agentPoolProfiles",
    "no-operation-in-progress, managedClusters/prod, /properties/agentPoolProfiles/0",
    "own-right-to-join-subnets, managedClusters/prod, /properties/agentPoolProfiles",
    "own-right-to-join-subnets, managedClusters/prod, /properties/agentPoolProfiles/0",
    "own-right-to-join-subnets, managedClusters/prod, /properties/agentPoolProfiles/0/vnetSubnetID",
    "own-right-to-assign-identity, managedClusters/prod, /identity",
    "own-right-to-assign-identity, managedClusters/prod, /identity/type",
    "own-right-to-assign-identity, managedClusters/prod, /identity/userAssignedIdentities",
    "versioned-key-experience, managedClusters/prod, /properties/securityProfile/azureKeyVaultKms/enabled",
    "versioned-key-experience, managedClusters/prod, /properties/securityProfile/kubernetesResourceObjectEncryptionProfile/infrastructureEncryption",
    "cluster-running, managedClusters/prod, /properties/powerState/code",
    "kms-v2, managedClusters/prod, /properties/currentKubernetesVersion",
    "settings-as-expected, managedClusters/prod, /properties/securityProfile/azureKeyVaultKms",
    "settings-as-expected, managedClusters/prod, /properties/securityProfile",
    "settings-as-expected, managedClusters/prod, /properties/securityProfile/azureKeyVaultKms/keyId",
    "settings-as-expected, managedClusters/prod, /properties/securityProfile/azureKeyVaultKms/keyVaultNetworkAccess",
    "versioned-key-experience, managedClusters/prod, /properties/securityProfile/azureKeyVaultKms/keyId",
    "system-nodes-present, managedClusters/prod, /properties/agentPoolProfiles",
    "system-nodes-present, managedClusters/prod, /properties/nodeResourceGroup",
    "system-nodes-present, virtualMachineScaleSets, /value/0/sku",
    "system-nodes-present, virtualMachineScaleSets, /value",
    "user-assigned-identity, managedClusters/prod, /identity/type",
    "user-assigned-identity, managedClusters/prod, /identity/userAssignedIdentities",
    "identity-exists, userAssignedIdentities/control-plane, /properties/principalId",
    "identity-may-use-key, vaults/sample-kv, /properties/enableRbacAuthorization",
    "identity-may-use-key, roleAssignments, /value/0/properties/scope",
    "identity-may-use-key, roleAssignments, /value/0/properties/roleDefinitionId",
    "identity-may-use-key, roleDefinitions, /properties/permissions",
    "identity-may-use-key, roleDefinitions, /properties/permissions/0/dataActions",
    "identity-may-use-key, roleDefinitions, /properties/permissions/0/notDataActions",
    "vault-in-same-tenant, vaults/sample-kv, /properties/tenantId",
    "vault-in-same-tenant, subscriptions, /tenantId",
    "vault-open-to-api-servers, vaults/sample-kv, /properties/publicNetworkAccess",
    "vault-open-to-api-servers, vaults/sample-kv, /properties/networkAcls",
    "vault-open-to-api-servers, vaults/sample-kv, /properties/networkAcls/defaultAction",
    "vault-soft-delete, vaults/sample-kv, /properties/enableSoftDelete",
    "vault-purge-protection, vaults/sample-kv, /properties/enablePurgeProtection",
    "vault-diagnostics, diagnosticSettings, /value/0/properties/logs",
    "vault-exists, resources, /value/0/id",
    "vault-exists, vaults/sample-kv, /id",
    "own-right-to-update-cluster, permissions, /value/0/actions",
    "own-right-to-update-cluster, permissions, /value/0/notActions",
  })
  void memberOfAnotherType_passesNothing(String check, String resource, String pointer) {
    for (String junk : List.of("7", "\"" + QUOTED + "\"", "[[]]", "{\"a\":{}}")) {
      replace(resource, pointer, junk);

      Finding finding = world.finding(check);

      assertThat(finding.verdict()).describedAs(junk + " " + finding).isNotEqualTo(Verdict.PASSED);
      assertThat(finding.toString()).doesNotContain(QUOTED);
    }
  }

  /** Where Azure documents what an absent member means, it means that; elsewhere nothing passes. */
  @ParameterizedTest
  @CsvSource({
    "provisioning-succeeded, managedClusters/prod, /properties/provisioningState",
    "cluster-running, managedClusters/prod, /properties/powerState",
    "user-assigned-identity, managedClusters/prod, /identity",
    "own-right-to-assign-identity, managedClusters/prod, /identity",
    "own-right-to-join-subnets, managedClusters/prod, /properties/agentPoolProfiles",
    "system-nodes-present, managedClusters/prod, /properties/agentPoolProfiles",
    "vault-in-same-tenant, vaults/sample-kv, /properties/tenantId",
    "vault-soft-delete, vaults/sample-kv, /properties/enableSoftDelete",
    "vault-purge-protection, vaults/sample-kv, /properties/enablePurgeProtection",
    "vault-open-to-api-servers, vaults/sample-kv, /properties/networkAcls/defaultAction",
    "own-right-to-update-cluster, permissions, /value/0/actions",
    "own-right-to-update-cluster, permissions, /value/0/notActions",
    "identity-may-use-key, roleDefinitions, /properties/permissions/0/notDataActions",
    "settings-as-expected, managedClusters/prod, /properties",
    "settings-as-expected, managedClusters/prod, /properties/securityProfile/azureKeyVaultKms/enabled"
  })
  void missingMember_passesNothing(String check, String resource, String pointer) {
    edit(resource, body -> remove(body, pointer));

    assertThat(world.finding(check).verdict()).isNotEqualTo(Verdict.PASSED);
  }

  /** Whatever stands where, the answer is findings, none of which quotes it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "managedClusters/prod",
        "vaults/sample-kv",
        "userAssignedIdentities/control-plane",
        "virtualMachineScaleSets",
        "roleAssignments",
        "roleDefinitions",
        "permissions",
        "diagnosticSettings",
        "resources"
      })
  void anyMemberAsAnything_endsInFindings(String resource) {
    for (String pointer : pointers(resource)) {
      for (String junk : JUNK) {
        replace(resource, pointer, junk);

        assertThat(side(resource).toString())
            .describedAs("%s = %s", pointer, junk)
            .doesNotContain(QUOTED);
      }
    }
  }

  private Object side(String resource) {
    return OF_VAULTS.contains(resource) ? world.vaultSide() : world.clusterSide();
  }

  private List<String> pointers(String resource) {
    List<String> found = new ArrayList<>();
    edit(resource, body -> walk("", body, found));
    side(resource);
    assertThat(found).isNotEmpty();
    return found.stream().distinct().limit(120).toList();
  }

  private static void walk(String pointer, JsonNode node, List<String> found) {
    if (!pointer.isEmpty()) {
      found.add(pointer);
    }
    node.properties()
        .forEach(each -> walk(pointer + "/" + escaped(each.getKey()), each.getValue(), found));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      walk(pointer + "/" + i, node.get(i), found);
    }
  }

  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private void replace(String resource, String pointer, String junk) {
    edit(resource, body -> set(body, pointer, read(junk)));
  }

  /** Changes the answers of a resource or list, on their way. */
  private void edit(String resource, Consumer<ObjectNode> change) {
    world.armAnswersOf(
        resource,
        answer -> {
          ObjectNode body = (ObjectNode) read(answer.body());
          change.accept(body);
          return AzureAnswer.json(answer.status(), body.toString());
        });
  }

  private static void set(JsonNode body, String pointer, JsonNode value) {
    JsonNode parent = body.at(pointer.substring(0, pointer.lastIndexOf('/')));
    String last = pointer.substring(pointer.lastIndexOf('/') + 1).replace("~1", "/");
    if (parent instanceof ObjectNode object) {
      object.set(last, value);
    } else if (parent instanceof ArrayNode array && array.size() > Integer.parseInt(last)) {
      array.set(Integer.parseInt(last), value);
    }
  }

  private static void remove(JsonNode body, String pointer) {
    JsonNode parent = body.at(pointer.substring(0, pointer.lastIndexOf('/')));
    ((ObjectNode) parent).remove(pointer.substring(pointer.lastIndexOf('/') + 1));
  }

  private static JsonNode read(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
