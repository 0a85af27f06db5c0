package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.http.HttpMethod;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.simulation.azure.UpdateFault;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.arm.ArmService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An update on its way over the wire. */
class ArmUpdateTest {
  private static final List<String> UNKNOWN_TO_MODELS =
      List.of(
          "/unknownToModels",
          "/sku/unknownToModels",
          "/properties/unknownToModels",
          "/properties/agentPoolProfiles/0/unknownToModels",
          "/properties/networkProfile/unknownToModels",
          "/properties/securityProfile/unknownToModels",
          "/properties/securityProfile/azureKeyVaultKms/unknownToModels",
          "/properties/securityProfile/kubernetesResourceObjectEncryptionProfile/unknownToModels");

  private final ArmWorld world = new ArmWorld();
  private final ArmService service = new ArmService(world.arm);
  private final ArmOverHttp http = new ArmOverHttp(ArmWorld.SCOPES, service);

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void membersUnknownToEveryModel_goBackAsTheyCame() throws JsonProcessingException {
    ObjectNode before = world.arm.body(world.prod);

    update();

    JsonNode sent = new ObjectMapper().readTree(onlyPut().body());
    assertThat(UNKNOWN_TO_MODELS)
        .allSatisfy(
            pointer -> {
              assertThat(before.at(pointer).isMissingNode()).isFalse();
              assertThat(sent.at(pointer)).isEqualTo(before.at(pointer));
            });
    before
        .withObject("/properties/securityProfile/azureKeyVaultKms")
        .put("keyId", world.second.url());
    assertThat(sent).isEqualTo(before);
  }

  @Test
  void condition_isTheEtagOfTheBodyThatWasRead() {
    String etag = world.etag(world.prod);

    update();

    assertThat(onlyPut().header("if-match")).isEqualTo(etag);
    assertThat(onlyPut().header("content-type")).isEqualTo("application/json");
    assertThat(onlyPut().header("user-agent")).contains("rekey-test");
    assertThat(onlyPut().header("x-ms-client-request-id")).isNotBlank();
  }

  @Test
  void readAndChange_useOneApiVersion() {
    update();

    List<AzureRequest> ofTheCluster =
        service.requests().stream().filter(each -> each.path().endsWith("/prod")).toList();
    assertThat(ofTheCluster).extracting(AzureRequest::method).contains("GET", "PUT");
    assertThat(ofTheCluster)
        .allSatisfy(each -> assertThat(each.query()).containsEntry("api-version", "2025-09-01"));
  }

  @Test
  void changeBetweenOurReadAndOurPut_isRefusedByArm() {
    String etag = world.etag(world.prod);
    http.transport.beforeNext(
        request -> request.getHttpMethod() == HttpMethod.PUT,
        () -> world.arm.changedByAnother(world.prod, body -> body.withObject("/tags").put("a", 1)));

    assertThat(fault(etag).kind()).isEqualTo(Kind.CHANGED_MEANWHILE);
    assertThat(world.arm.acceptedUpdates()).isEmpty();
  }

  @Test
  void lostReply_isNotSentAgain() {
    world.arm.failNextUpdate(UpdateFault.LOST_REPLY);

    assertThat(fault(world.etag(world.prod)).kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(ArmOverHttp.of("PUT", service.requests())).hasSize(1);
  }

  @Test
  void addressOfTheOperation_isAskedAsItCame() {
    String address = update();

    http.clusters.progress(address);

    List<AzureRequest> requests = service.requests();
    assertThat(address).contains("api-version=2016-03-30");
    assertThat(requests.get(requests.size() - 1).query())
        .containsEntry("api-version", "2016-03-30")
        .containsEntry("t", "1");
  }

  @Test
  void withoutAnAddress_theClusterItselfTellsHowTheUpdateStands() {
    service.showAddressesAt(null);

    assertIsFollowedByTheCluster(update());
  }

  @Test
  void addressElsewhere_isNotKept() {
    service.showAddressesAt("attacker.example");

    assertIsFollowedByTheCluster(update());
  }

  @Test
  void failureOfAnUpdateWithoutAnAddress_showsInTheCluster() {
    service.showAddressesAt(null);
    world.arm.failNextUpdate(UpdateFault.FAILS_AFTER_MOVE);
    String address = update();
    world.time.advance(ArmWorld.UPDATE_TAKES);

    assertThat(http.clusters.progress(address))
        .isEqualTo(new UpdateProgress(UpdateProgress.State.FAILED, null));
  }

  @Test
  void addressElsewhere_getsNoRequestAndNoToken() {
    http.serve("attacker.example", service);

    for (String address :
        List.of(
            "https://attacker.example/subscriptions/x",
            "https://management.azure.com@attacker.example/x",
            "https://management.azure.com.attacker.example/x",
            "https://management.azure.com:8443/x",
            "http://management.azure.com/x",
            "management.azure.com/x",
            "https://management.azure.com\\@attacker.example/x",
            "")) {
      OutsideFault fault =
          catchThrowableOfType(OutsideFault.class, () -> http.clusters.progress(address));
      assertThat(fault.kind()).describedAs(address).isEqualTo(Kind.NOT_FOUND);
    }
    assertThat(service.requests()).isEmpty();
    assertThat(http.tokens).hasValue(0);
  }

  private void assertIsFollowedByTheCluster(String address) {
    assertThat(address).startsWith("https://management.azure.com/").contains("/prod?");
    assertThat(http.clusters.progress(address)).isEqualTo(ManagedClustersContract.RUNNING);
    world.time.advance(ArmWorld.UPDATE_TAKES);
    assertThat(http.clusters.progress(address)).isEqualTo(ManagedClustersContract.SUCCEEDED);
  }

  private AzureRequest onlyPut() {
    List<AzureRequest> puts = ArmOverHttp.of("PUT", service.requests());
    assertThat(puts).hasSize(1);
    return puts.get(0);
  }

  private String update() {
    return http.clusters.updateKms(
        world.prod,
        KmsSettings.of(world.first),
        KmsSettings.of(world.second),
        world.etag(world.prod));
  }

  private OutsideFault fault(String etag) {
    return catchThrowableOfType(
        OutsideFault.class,
        () ->
            http.clusters.updateKms(
                world.prod, KmsSettings.of(world.first), KmsSettings.of(world.second), etag));
  }
}
