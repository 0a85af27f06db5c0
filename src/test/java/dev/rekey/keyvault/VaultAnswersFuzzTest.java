package dev.rekey.keyvault;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.credential.AccessToken;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.util.Context;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.storage.CannedAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Whatever a vault answers, through Azure's own client. */
class VaultAnswersFuzzTest {
  private static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");

  /** The answer to every request. */
  private static final class OneAnswer implements HttpClient {
    private int status;
    private String body = "";

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
      return Mono.just(answer(request));
    }

    @Override
    public HttpResponse sendSync(HttpRequest request, Context context) {
      return answer(request);
    }

    private HttpResponse answer(HttpRequest request) {
      assertThat(request.getUrl().getHost()).isEqualTo(KEY.vaultHost());
      return new CannedAnswer(request, status, Map.of("Content-Type", "application/json"), body);
    }
  }

  private final OneAnswer vault = new OneAnswer();
  private final KeyVaultKeys keys =
      KeyVaultKeys.open(
          request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1))),
          vault,
          Cloud.PUBLIC,
          "rekey-test");

  @FuzzTest
  void anyVersions_areOfTheKeyOrAFault(byte[] body) {
    answering(
        200,
        body,
        () -> {
          for (KeyVersion version : keys.versions(KEY)) {
            assertThat(version.id().key().isSameKeyAs(KEY)).isTrue();
          }
        });
  }

  @FuzzTest
  void anyRotationPolicy_isReadOrAFault(byte[] body) {
    answering(200, body, () -> keys.rotationPolicy(KEY));
  }

  @FuzzTest
  void anyNewVersion_isOfTheKeyOrAFault(byte[] body) {
    answering(200, body, () -> assertThat(keys.rotate(KEY).key().isSameKeyAs(KEY)).isTrue());
  }

  @FuzzTest
  void anyRefusal_isAFaultWithoutAWordOfIt(byte[] body) {
    answering(403, body, () -> keys.rotate(KEY));
    answering(404, body, () -> keys.rotationPolicy(KEY));
  }

  @FuzzTest
  void anyTimeToWait_isATimeOrNone(byte[] header) {
    Duration pause = VaultFaults.retryAfter(new String(header, StandardCharsets.UTF_8));

    assertThat(pause == null || !pause.isNegative()).isTrue();
  }

  private void answering(int status, byte[] body, Runnable call) {
    vault.status = status;
    vault.body = new String(body, StandardCharsets.UTF_8);
    try {
      call.run();
    } catch (OutsideFault fault) {
      Canary.notIn(fault);
    }
  }
}
