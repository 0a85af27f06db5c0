package dev.rekey.web;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.finding;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.rekey.key.Cloud;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.OperationPlan;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.SecretsPlan;
import dev.rekey.operation.StepName;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.SecretException;
import dev.rekey.service.PlanAnswer;
import dev.rekey.service.RequestAnswer.Cause;
import dev.rekey.service.WantedChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlanRouteTest {
  private static final DryScan SCAN =
      new DryScan(
          2_000,
          1_500,
          Map.of(
              ExceptionReason.DENIED_BY_POLICY,
              new DryScan.Some(
                  7,
                  List.of(
                      new SecretException(
                          "team", "s", ExceptionReason.DENIED_BY_POLICY, "freeze")))));
  private static final OperationPlan PLAN =
      new OperationPlan(
          Kind.ENABLE,
          CLUSTER,
          Route.of(KmsSettings.OFF, KmsSettings.of(key(1))),
          List.of(StepName.CHECK, StepName.WRITE),
          List.of(finding("vault-open-to-api-servers", Verdict.FAILED)),
          new Decision.Refuse(Reason.PREFLIGHT_FAILED, "failed: vault-open-to-api-servers"),
          List.of("nobody can check this"),
          new SecretsPlan(SCAN, new Estimate(NOW, 2_000, 2, 200, 1_000), null));

  private final List<WantedChange> asked = new ArrayList<>();
  private PlanAnswer answer = new PlanAnswer.Planned(PLAN);

  @Test
  void wish_isAnsweredWithStepsFindingsAndWhatADryRunMet() {
    WebResponse response = post(Requests.inOrder().body("{\"kind\":\"rotate\"}"));

    assertThat(response.status()).isEqualTo(200);
    JsonNode plan = Documents.of(response);
    assertThat(plan.at("/schema").asText()).isEqualTo("rekey.dev/plan/v1");
    assertThat(plan.at("/route").toString())
        .isEqualTo(
            "[{\"keyId\":null,\"networkAccess\":null},{\"keyId\":\""
                + key(1).url()
                + "\",\"networkAccess\":\"Public\"}]");
    assertThat(plan.at("/steps/1/step").asText()).isEqualTo("write");
    assertThat(plan.at("/cancelling/until").asText()).isEqualTo("update-cluster");
    assertThat(plan.at("/cancelling/sentence").asText()).contains("only the way forward is safe");
    assertThat(plan.at("/check/outcome").asText()).isEqualTo("refused");
    assertThat(plan.at("/check/reason").asText()).isEqualTo("preflight-failed");
    assertThat(plan.at("/findings/0").toString())
        .isEqualTo(
            "{\"check\":\"vault-open-to-api-servers\",\"verdict\":\"failed\","
                + "\"sentence\":\"all is well\",\"seen\":\"seen of vault-open-to-api-servers\","
                + "\"expected\":\"better\",\"remedy\":\"type this\",\"link\":\"https://docs\"}");
    assertThat(plan.at("/dryRun/looked").asLong()).isEqualTo(1_500);
    assertThat(plan.at("/dryRun/of").asLong()).isEqualTo(2_000);
    assertThat(plan.at("/dryRun/reasons/0/few/0/by").asText()).isEqualTo("freeze");
    assertThat(plan.at("/estimate/seconds").asLong()).isPositive();
  }

  /** Who may read may see a plan: nobody's name is needed, nor why, nor a key of the request. */
  @Test
  void noPrincipalNoReasonNoRequestKey_isPlannedAllTheSame() {
    WebResponse response =
        post(
            Requests.inOrder()
                .without(Principal.HEADER)
                .without("idempotency-key")
                .body("{\"kind\":\"change-vault-access\",\"networkAccess\":\"Public\"}"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(asked)
        .containsExactly(
            new WantedChange(Kind.CHANGE_VAULT_ACCESS, null, null, NetworkAccess.PUBLIC, null));
  }

  @Test
  void migrationThatUpgrades_isPlannedWithTheVersion() {
    post(Requests.inOrder().body("{\"kind\":\"migrate-to-kms-v2\",\"upgradeTo\":\"1.27.9\"}"));

    assertThat(asked.get(0).upgradeTo()).isEqualTo(new KubernetesVersion(1, 27, 9));
  }

  @Test
  void bodyThatIsWrong_isNamedAsForAnOperation() {
    WebResponse response =
        post(Requests.inOrder().cluster("Prod_1").body("{\"kind\":\"enable\",\"x\":1}"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(Documents.of(response).at("/problems")).hasSize(3);
    assertThat(asked).isEmpty();
  }

  @Test
  void pageOfAnotherSite_isRefused() {
    WebResponse response =
        post(Requests.inOrder().header("origin", "https://evil.example").body("{}"));

    assertThat(response.status()).isEqualTo(403);
    assertThat(asked).isEmpty();
  }

  @Test
  void nothingToPlan_isAProblemWithItsReason() {
    answer = new PlanAnswer.Declined(Cause.UNKNOWN_CLUSTER);
    assertThat(post(Requests.inOrder()).status()).isEqualTo(404);

    answer = new PlanAnswer.Declined(Cause.NO_NEWER_VERSION);
    WebResponse response = post(Requests.inOrder());
    assertThat(response.status()).isEqualTo(409);
    assertThat(Documents.of(response).at("/reason").asText()).isEqualTo("no-newer-version");
  }

  @Test
  void secretsThatCouldNotBeListed_areSaidToBe() {
    answer =
        new PlanAnswer.Planned(
            new OperationPlan(
                Kind.ROTATE,
                CLUSTER,
                Route.UNKNOWN,
                List.of(),
                List.of(),
                null,
                List.of(),
                new SecretsPlan(null, null, "the API server does not answer")));

    JsonNode plan = Documents.of(post(Requests.inOrder()));

    assertThat(plan.at("/notListed").asText()).isEqualTo("the API server does not answer");
    assertThat(plan.at("/secrets").isNull()).isTrue();
    assertThat(plan.at("/dryRun").isNull()).isTrue();
    assertThat(plan.at("/check").isNull()).isTrue();
  }

  private WebResponse post(Requests request) {
    PlanRoute route =
        new PlanRoute(
            (cluster, wanted) -> {
              asked.add(wanted);
              return answer;
            },
            Cloud.PUBLIC);
    return Answers.of(route, request.made());
  }
}
