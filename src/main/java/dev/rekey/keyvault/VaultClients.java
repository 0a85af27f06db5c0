package dev.rekey.keyvault;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.ExponentialBackoffOptions;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RequestRetryCondition;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.util.ClientOptions;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import dev.rekey.key.Cloud;
import dev.rekey.service.port.OutsideFault;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A client for each vault, made at its first use. Only hosts of the cloud's vaults get one. */
final class VaultClients {
  private static final int RETRIES = 2;
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

  private final TokenCredential credential;
  private final HttpClient http;
  private final Cloud cloud;
  private final String applicationId;
  private final Map<String, KeyClient> reading = new ConcurrentHashMap<>();
  private final Map<String, KeyClient> sendingOnce = new ConcurrentHashMap<>();

  VaultClients(TokenCredential credential, HttpClient http, Cloud cloud, String applicationId) {
    this.credential = credential;
    this.http = http;
    this.cloud = cloud;
    this.applicationId = applicationId;
  }

  /** Tries a call again that got no answer, or one that says nothing. */
  KeyClient reading(String vaultHost) {
    RetryOptions options =
        new RetryOptions(
                new ExponentialBackoffOptions()
                    .setMaxRetries(RETRIES)
                    .setBaseDelay(FIRST_DELAY)
                    .setMaxDelay(LONGEST_DELAY))
            .setShouldRetryCondition(VaultClients::saysNothing);
    return reading.computeIfAbsent(checked(vaultHost), host -> client(host, options));
  }

  /** Never sends a call again: one whose answer was lost may have taken effect. */
  KeyClient sendingOnce(String vaultHost) {
    RetryOptions never = new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));
    return sendingOnce.computeIfAbsent(checked(vaultHost), host -> client(host, never));
  }

  /**
   * A 429 or 503 asks for a pause that is for the operation to make, not for a function's thread.
   */
  private static boolean saysNothing(RequestRetryCondition seen) {
    HttpResponse answer = seen.getResponse();
    if (answer == null) {
      return seen.getThrowable() != null;
    }
    return switch (answer.getStatusCode()) {
      case 408, 500, 502, 504 -> true;
      default -> false;
    };
  }

  /** Promise K9: no token goes to a host that is no vault of this cloud. */
  private String checked(String vaultHost) {
    if (!vaultHost.endsWith("." + cloud.vaultSuffix())) {
      throw VaultFaults.fault(
          OutsideFault.Kind.REJECTED,
          "a host is asked for a key that is no vault of this cloud; it ends with ."
              + cloud.vaultSuffix());
    }
    return vaultHost;
  }

  private KeyClient client(String host, RetryOptions retries) {
    return new KeyClientBuilder()
        .vaultUrl("https://" + host)
        .credential(credential)
        .httpClient(http)
        .retryOptions(retries)
        .clientOptions(new ClientOptions().setApplicationId(applicationId))
        .buildClient();
  }
}
