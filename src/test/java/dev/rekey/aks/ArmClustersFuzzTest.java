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
import dev.rekey.service.port.OutsideFault;
import dev.rekey.storage.CannedAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Lists and kubeconfigs of Azure Resource Manager, raw. */
class ArmClustersFuzzTest {
  private static final String SUBSCRIPTION = "/subscriptions/11111111-2222-3333-4444-555555555555";
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String CLUSTER =
      SUBSCRIPTION
          + "/resourceGroups/prod/providers/Microsoft.ContainerService/managedClusters/one";

  /** Whatever a page says comes next, it is asked at ARM alone, and not for ever. */
  @FuzzTest
  void anyPageOfClusters_isFollowedAtArmAloneOrAFault(byte[] body) {
    Arm arm = new Arm(text(body));
    try {
      arm.open(SUBSCRIPTION).list();
    } catch (OutsideFault fault) {
      Canary.notIn(fault);
    }
    arm.open(SUBSCRIPTION).find().missing().forEach(Canary::notIn);
  }

  /** What can't be understood is a fault and never a window that is open. */
  @FuzzTest
  void anyMaintenanceConfigurations_areAWindowOrNoneOrAFault(byte[] body) {
    Arm arm = new Arm(text(body));
    try {
      arm.open(CLUSTER)
          .maintenance(ClusterName.ofArmId(CLUSTER))
          .ifPresent(shown -> assertThat(shown.window().openFrom(NOW)).isNotNull());
    } catch (OutsideFault fault) {
      Canary.notIn(fault);
    }
  }

  /** A kubeconfig is handed on as it came; whatever else this is, no word of it is. */
  @FuzzTest
  void anyUserKubeconfig_isATextOrAFault(byte[] body) {
    Arm arm = new Arm(text(body));
    try {
      assertThat(arm.open(CLUSTER).userKubeconfig(ClusterName.ofArmId(CLUSTER))).isNotBlank();
    } catch (OutsideFault fault) {
      Canary.notIn(fault);
    }
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  /** The same answer to every request. */
  private static final class Arm implements HttpClient {
    private final String body;

    Arm(String body) {
      this.body = body;
    }

    ArmClusters open(String scope) {
      return ArmClusters.open(
          List.of(scope),
          Cloud.PUBLIC,
          request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1))),
          this,
          "rekey-test",
          ArmOverHttp.WITHOUT_DELAY,
          waited -> {});
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return Mono.just(answer(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
      return answer(request);
    }

    private HttpResponse answer(HttpRequest request) {
      assertThat(request.getUrl().getProtocol()).isEqualTo("https");
      assertThat(request.getUrl().getAuthority()).matches("(?i)management\\.azure\\.com(:443)?");
      return new CannedAnswer(request, 200, Map.of("Content-Type", "application/json"), body);
    }
  }
}
