package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.key.Cloud;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.storage.CannedAnswer;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Whatever Azure Resource Manager answers to every question about a cluster's surroundings. */
class ArmSurroundingsFuzzTest {
  private static final String GROUP =
      "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/prod/providers/";
  private static final String CLUSTER = GROUP + "Microsoft.ContainerService/managedClusters/one";
  private static final String VAULT = GROUP + "Microsoft.KeyVault/vaults/one";
  private static final ClusterName NAME = ClusterName.ofArmId(CLUSTER);
  private static final String PRINCIPAL = "11111111-2222-3333-4444-555555555556";

  /** It is asked at ARM alone, not for ever, and none of it is quoted. */
  @FuzzTest
  void anyAnswer_becomesPartsOrAFault(byte[] body) {
    ClusterSurroundings surroundings = open(new String(body, StandardCharsets.UTF_8));
    try {
      assertThat(surroundings.cluster(NAME).toString()).doesNotContain(Canary.TEXT);
      assertThat(
              surroundings.vault(NAME, "one.vault.azure.net", VAULT, List.of(PRINCIPAL)).toString())
          .doesNotContain(Canary.TEXT);
      assertThat(surroundings.vault(NAME, "one.vault.azure.net", null, List.of()).toString())
          .doesNotContain(Canary.TEXT);
    } catch (OutsideFault fault) {
      Canary.notIn(fault);
    }
  }

  private static ClusterSurroundings open(String body) {
    return ArmClusters.open(
            List.of(CLUSTER),
            Cloud.PUBLIC,
            request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1))),
            new Arm(body),
            "rekey-test",
            ArmOverHttp.WITHOUT_DELAY,
            waited -> {})
        .surroundings();
  }

  /** The same answer to every request. */
  private record Arm(String body) implements HttpClient {

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return Mono.just(answer(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
      return answer(request);
    }

    private HttpResponse answer(HttpRequest request) {
      assertThat(request.getUrl().getAuthority()).matches("(?i)management\\.azure\\.com(:443)?");
      return new CannedAnswer(request, 200, Map.of("Content-Type", "application/json"), body);
    }
  }
}
