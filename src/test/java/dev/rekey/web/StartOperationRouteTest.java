package dev.rekey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.operation.Example;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartOperationRouteTest {
  private static final Operation OPERATION = Example.operation(Kind.ROTATE);

  private final List<OperationRequest> asked = new ArrayList<>();
  private Function<OperationRequest, RequestAnswer> rotation =
      request -> new RequestAnswer.Accepted(OPERATION);

  @Test
  void requestInOrder_beginsAndSaysWhere() {
    WebResponse answer = post(Requests.inOrder());

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.headers())
        .containsEntry("Location", "/api/operations/20260301-1")
        .containsEntry("Content-Type", "application/json")
        .containsEntry("Cache-Control", "no-store");
    assertThat(Documents.of(answer).path("state").asText()).isEqualTo("active");
    assertThat(asked)
        .containsExactly(
            new OperationRequest(
                Example.CLUSTER,
                Kind.ROTATE,
                null,
                null,
                null,
                null,
                new Origin(Origin.Trigger.HTTP, "ana@example.org", "yearly rotation", "k1")));
  }

  @Test
  void keyVersionsNamed_arePassedOn() {
    post(
        Requests.inOrder()
            .body(
                "{\"kind\":\"rotate\",\"reason\":\"r\",\"targetKeyId\":\""
                    + Example.key(2)
                    + "\",\"expectedKeyId\":\""
                    + Example.key(1)
                    + "\"}"));

    assertThat(asked.get(0).targetKeyId()).isEqualTo(Example.key(2));
    assertThat(asked.get(0).expectedKeyId()).isEqualTo(Example.key(1));
  }

  @Test
  void everythingIsWrong_allOfItIsNamedAtOnce() {
    WebResponse answer =
        post(
            Requests.inOrder()
                .without("idempotency-key")
                .cluster("Prod_1")
                .body(
                    "{\"kind\":\"migrate\",\"targetKeyId\":\"http://evil.example/\","
                        + "\"expectedKeyId\":7,\"force\":true,\"<b>\":1}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.headers()).containsEntry("Content-Type", "application/problem+json");
    assertThat(Documents.members(answer))
        .containsExactlyInAnyOrder(
            "cluster",
            "Idempotency-Key",
            "kind",
            "targetKeyId",
            "expectedKeyId",
            "reason",
            "force",
            "(a member)");
    assertThat(answer.body())
        .contains("is missing or unknown; expected: census, change-vault-access, ")
        .doesNotContain("evil", "<b>");
    assertThat(asked).isEmpty();
  }

  @Test
  void migrationThatUpgrades_namesTheVersion() {
    post(
        Requests.inOrder()
            .body("{\"kind\":\"migrate-to-kms-v2\",\"reason\":\"r\",\"upgradeTo\":\"1.27.9\"}"));

    assertThat(asked.get(0).upgradeTo()).isEqualTo(new KubernetesVersion(1, 27, 9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"1.27\"",
        "\"v1.27.9\"",
        "\"1.26.15\"",
        "\"1.27.09\"",
        "\"1.27.9 \"",
        "\"99999.1.1\"",
        "1.27",
        "{}",
        "\"\""
      })
  void versionThatCanNotBeUpgradedTo_isNamedWithWhatIsExpected(String bad) {
    WebResponse answer =
        post(
            Requests.inOrder()
                .body(
                    "{\"kind\":\"migrate-to-kms-v2\",\"reason\":\"r\",\"upgradeTo\":" + bad + "}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Documents.members(answer)).containsExactly("upgradeTo");
    assertThat(answer.body()).contains("such as 1.27.9", "1.27 or later", "az aks get-upgrades");
    assertThat(asked).isEmpty();
  }

  @Test
  void upgradeOfAnotherKind_isUnknown() {
    WebResponse answer =
        post(
            Requests.inOrder()
                .body("{\"kind\":\"rotate\",\"reason\":\"r\",\"upgradeTo\":\"1.27.9\"}"));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Documents.members(answer)).containsExactly("upgradeTo");
  }

  @Test
  void turningOn_namesKeyWayAndVault() {
    String vault =
        "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/g"
            + "/providers/Microsoft.KeyVault/vaults/kv-prod";
    post(
        Requests.inOrder()
            .body(
                "{\"kind\":\"enable\",\"reason\":\"r\",\"networkAccess\":\"private\","
                    + "\"targetKeyId\":\""
                    + Example.key(2)
                    + "\",\"keyVaultResourceId\":\""
                    + vault
                    + "\"}"));

    assertThat(asked.get(0).kind()).isEqualTo(Kind.ENABLE);
    assertThat(asked.get(0).targetKeyId()).isEqualTo(Example.key(2));
    assertThat(asked.get(0).networkAccess()).isEqualTo(NetworkAccess.PRIVATE);
    assertThat(asked.get(0).vaultResourceId()).isEqualTo(vault);
  }

  @Test
  void fromKmsV1_theKeyToTurnOnWithMayBeNamed() {
    post(Requests.inOrder().body("{\"kind\":\"migrate-to-kms-v2\",\"reason\":\"r\"}"));
    post(
        Requests.inOrder()
            .body(
                "{\"kind\":\"migrate-to-kms-v2\",\"reason\":\"r\",\"targetKeyId\":\""
                    + Example.key(2)
                    + "\"}"));

    assertThat(asked).extracting(OperationRequest::kind).containsOnly(Kind.MIGRATE_TO_KMS_V2);
    assertThat(asked)
        .extracting(OperationRequest::targetKeyId)
        .containsExactly(null, Example.key(2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'kind':'enable','reason':'r'} | targetKeyId",
        "{'kind':'change-vault-access','reason':'r'} | networkAccess",
        "{'kind':'change-vault-access','reason':'r','networkAccess':'Private'} | keyVaultResourceId",
        "{'kind':'change-vault-access','reason':'r','networkAccess':'Hybrid'} | networkAccess",
        "{'kind':'change-vault-access','reason':'r','networkAccess':'Private','keyVaultResourceId':'v'} | keyVaultResourceId",
        "{'kind':'disable','reason':'r','targetKeyId':null} | targetKeyId",
        "{'kind':'census','reason':'r','networkAccess':'Public'} | networkAccess"
      })
  void whatAKindNeedsOrDoesNotKnow_isNamed(String body, String member) {
    WebResponse answer = post(Requests.inOrder().body(body.replace('\'', '"')));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Documents.members(answer)).containsExactly(member);
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rotate",
        "[]",
        "null",
        "{\"kind\":\"rotate\",\"kind\":\"rotate\",\"reason\":\"r\"}",
        "{\"kind\":\"rotate\",\"reason\":\"r\"} {}"
      })
  void bodyIsNoObject_isNamed(String body) {
    WebResponse answer = post(Requests.inOrder().body(body));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(Documents.members(answer)).containsExactly("body");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "two\\nlines", "turned\\u202eround"})
  void reasonIsNoSingleLine_isNamed(String reason) {
    WebResponse answer =
        post(Requests.inOrder().body("{\"kind\":\"rotate\",\"reason\":\"" + reason + "\"}"));

    assertThat(Documents.members(answer)).containsExactly("reason");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/x-www-form-urlencoded", "application/json-seq"})
  void bodyOfAnotherType_isRefused(String type) {
    WebResponse answer = post(Requests.inOrder().header("content-type", type));

    assertThat(answer.status()).isEqualTo(415);
    assertThat(asked).isEmpty();
  }

  @Test
  void bodyNamesItsCharset_isTaken() {
    String type = "application/json; charset=utf-8";

    assertThat(post(Requests.inOrder().header("content-type", type)).status()).isEqualTo(202);
  }

  @Test
  void bodyBeyond16KiB_isRefused() {
    String body = "{\"kind\":\"rotate\",\"reason\":\"" + "é".repeat(8_192) + "\"}";

    assertThat(post(Requests.inOrder().body(body)).status()).isEqualTo(413);
  }

  @ParameterizedTest
  @CsvSource({
    "https://rekey.azurewebsites.net, 202",
    "HTTPS://Rekey.AzureWebsites.net, 202",
    "http://rekey.azurewebsites.net, 403",
    "https://evil.example, 403",
    "https://rekey.azurewebsites.net.evil.example, 403",
    "https://rekey.azurewebsites.net:8443, 403",
    "null, 403",
  })
  void originNamed_mustBeOurs(String origin, int status) {
    assertThat(post(Requests.inOrder().header("origin", origin)).status()).isEqualTo(status);
  }

  @Test
  void localServersOwnPage_isOurs() {
    Requests request =
        Requests.inOrder()
            .header("host", "127.0.0.1:7071")
            .header("origin", "http://127.0.0.1:7071");

    assertThat(post(request).status()).isEqualTo(202);
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void declined_isAProblemWithTheCause(Cause cause) {
    rotation = request -> new RequestAnswer.Declined(cause, null);

    WebResponse answer = post(Requests.inOrder());

    int expected = cause == Cause.UNKNOWN_CLUSTER ? 404 : cause == Cause.OBSERVE_ONLY ? 403 : 409;
    assertThat(answer.status()).isEqualTo(expected);
    assertThat(Documents.reason(answer)).isEqualTo(cause.token());
    assertThat(Documents.of(answer).path("remedy").asText()).isEqualTo(cause.remedy());
  }

  @Test
  void anotherOperationIsActive_isNamed() {
    rotation = request -> new RequestAnswer.Declined(Cause.OPERATION_ACTIVE, OPERATION);

    assertThat(Documents.of(post(Requests.inOrder())).path("operation").asText())
        .isEqualTo("/api/operations/20260301-1");
  }

  @ParameterizedTest
  @EnumSource(OutsideFault.Kind.class)
  void outsideGivesNoAnswer_isOurMessageAndNeverOurFault(OutsideFault.Kind kind) {
    rotation =
        request -> {
          throw new OutsideFault(
              OutsideSystem.API_SERVER, kind, "our words", Duration.ofSeconds(7), null);
        };

    WebResponse answer = post(Requests.inOrder());

    assertThat(answer.status()).isIn(502, 503);
    assertThat(answer.headers()).containsEntry("Retry-After", "7");
    assertThat(Documents.of(answer).path("detail").asText()).isEqualTo("our words");
    assertThat(Documents.reason(answer)).matches("api-server-[a-z-]+");
  }

  @Test
  void recordsChangedMeanwhile_isAConflict() {
    rotation =
        request -> {
          throw new Conflict("changed");
        };

    assertThat(post(Requests.inOrder()).status()).isEqualTo(409);
  }

  @Test
  void nobodyHasSignedIn_nothingElseOfTheRequestIsJudged() {
    WebResponse answer = post(Requests.inOrder().without(Principal.HEADER).body("x"));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(asked).isEmpty();
  }

  private WebResponse post(Requests request) {
    WebRoute route =
        new StartOperationRoute(
            wish -> {
              asked.add(wish);
              return rotation.apply(wish);
            },
            Requests.TRUSTED,
            Cloud.PUBLIC);
    return Answers.of(route, request.made());
  }
}
