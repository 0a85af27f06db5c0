package dev.rekey.simulation.azure.http.arm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.simulation.azure.AzureRole;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulated ARM answers about the resources around a cluster. */
class NeighbourAnswersTest {
  private static final String PRINCIPAL = "00000000-0000-0000-0000-000000000003";

  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final Random random = new Random(1);
  private final SimulatedArm arm =
      new SimulatedArm(time, random, new SimulatedVault(time, random), null, Duration.ZERO);
  private final ArmService service = new ArmService(arm);
  private final String vault =
      new UsualNeighbours(arm.neighbours())
          .around(arm.body(arm.add(NewCluster.named("prod"))), "sample-kv");
  private final String group = vault.substring(0, vault.indexOf("/providers/"));

  @Test
  void vault_isShownByItsVersionAlone() throws Exception {
    assertThat(json(get(vault, "2023-07-01", "")).at("/properties/vaultUri").asText())
        .isEqualTo("https://sample-kv.vault.azure.net/");
    assertThat(get(vault, "2019-09-01", "").status()).isEqualTo(400);
    assertThat(get(vault + "2", "2023-07-01", "").status()).isEqualTo(404);
    assertThat(answer("PUT", vault, "2023-07-01", "").status()).isEqualTo(405);
  }

  @Test
  void resourcesOfAName_areShownWithoutTheirProperties() throws Exception {
    String subscription = group.substring(0, group.indexOf("/resourceGroups/"));
    String filter = "resourceType eq 'Microsoft.KeyVault/vaults' and name eq 'SAMPLE-KV'";

    AzureAnswer found = get(subscription + "/resources", "2021-04-01", filter);

    assertThat(json(found).at("/value/0/id").asText()).isEqualTo(vault);
    assertThat(json(found).at("/value/0/properties").isMissingNode()).isTrue();
    assertThat(get(subscription + "/resources", "2021-04-01", "name").status()).isEqualTo(400);
  }

  @Test
  void assignmentsOfAnIdentity_areThoseAtAboveAndBelowAndOfItsGroups() throws Exception {
    arm.neighbours().roles().revokeAll(PRINCIPAL);
    arm.neighbours().roles().join(PRINCIPAL, "group");
    arm.neighbours().roles().assign("group", AzureRole.READER, group);
    arm.neighbours().roles().assign(PRINCIPAL, AzureRole.READER, vault + "/keys/k");
    arm.neighbours().roles().assign(PRINCIPAL, AzureRole.READER, vault + "2");
    arm.neighbours().roles().assign("another", AzureRole.READER, vault);

    AzureAnswer all = get(assignments(), "2022-04-01", "assignedTo('" + PRINCIPAL + "')");

    assertThat(json(all).path("value").findValuesAsText("scope"))
        .containsExactlyInAnyOrder(group, vault + "/keys/k");
    assertThat(get(assignments(), "2022-04-01", "atScope()").status()).isEqualTo(400);
  }

  @Test
  void longList_comesInPages() throws Exception {
    arm.neighbours().roles().assign(PRINCIPAL, AzureRole.READER, group);

    String filter = "assignedTo('" + PRINCIPAL + "')";
    String next = json(get(assignments(), "2022-04-01", filter)).path("nextLink").asText();

    assertThat(next)
        .startsWith("https://management.azure.com" + assignments())
        .contains("skiptoken=2")
        .contains("assignedTo");
  }

  @ParameterizedTest
  @CsvSource({
    "Microsoft.Authorization/permissions, 2022-04-01, Microsoft.Authorization/permissions/read",
    "Microsoft.Insights/diagnosticSettings, 2021-05-01-preview, Microsoft.Insights/diagnosticSettings/read"
  })
  void missingRight_isRefusedAsArmDoes(String list, String version, String action)
      throws Exception {
    arm.forbid(action, true);

    AzureAnswer refused = get(vault + "/providers/" + list, version, "");

    assertThat(refused.status()).isEqualTo(403);
    assertThat(json(refused).at("/error/message").asText()).contains("'" + action + "'");
  }

  @Test
  void whatIsForbidden_isTakenFromOwnPermissions() throws Exception {
    arm.forbid("Microsoft.ContainerService/managedClusters/write", true);

    AzureAnswer own =
        get(vault + "/providers/Microsoft.Authorization/permissions", "2022-04-01", "");

    assertThat(json(own).at("/value/0/notActions/0").asText())
        .isEqualToIgnoringCase("Microsoft.ContainerService/managedClusters/write");
  }

  private String assignments() {
    return vault + "/providers/Microsoft.Authorization/roleAssignments";
  }

  private AzureAnswer get(String path, String version, String filter) {
    return answer("GET", path, version, filter);
  }

  private AzureAnswer answer(String method, String path, String version, String filter) {
    Map<String, String> query = new TreeMap<>(Map.of("api-version", version));
    if (!filter.isEmpty()) {
      query.put("$filter", filter);
    }
    Map<String, String> headers = Map.of("authorization", "Bearer token");
    return service.answer(new AzureRequest(method, ArmService.HOST, path, query, headers, ""));
  }

  private static JsonNode json(AzureAnswer answer) throws Exception {
    return new ObjectMapper().readTree(answer.body());
  }
}
