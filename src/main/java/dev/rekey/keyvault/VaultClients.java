package dev.rekey.keyvault;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
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
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A client for each vault, made at its first use. Only hosts of the cloud's vaults get one. */
final class VaultClients {
  /** How long one request may wait for its answer. A vault answers in far less than a second. */
  static final Duration PATIENCE = Duration.ofSeconds(20);

  /** Nothing that could end a host early and make another one of it. */
  private static final Pattern VAULT_NAME = Pattern.compile("[a-z0-9](?:-?[a-z0-9])*");

  private static final int RETRIES = 2;
  private static final Duration FIRST_DELAY = Duration.ofMillis(500);
  private static final Duration LONGEST_DELAY = Duration.ofSeconds(2);

  private static final Set<HttpHeaderName> ASKS_FOR_A_PAUSE =
      Set.of(
          HttpHeaderName.RETRY_AFTER,
          HttpHeaderName.fromString("retry-after-ms"),
          HttpHeaderName.fromString("x-ms-retry-after-ms"));

  private final TokenCredential credential;
  private final HttpClient http;
  private final Cloud cloud;
  private final String applicationId;
  private final Duration patience;
  private final Map<String, KeyClient> reading = new ConcurrentHashMap<>();
  private final Map<String, KeyClient> sendingOnce = new ConcurrentHashMap<>();

  VaultClients(
      TokenCredential credential,
      HttpClient http,
      Cloud cloud,
      String applicationId,
      Duration patience) {
    this.credential = credential;
    this.http = http;
    this.cloud = cloud;
    this.applicationId = applicationId;
    this.patience = patience;
  }

  /** Tries a call again that got no answer, or one that says nothing. */
  KeyClient reading(String vaultHost) {
    return reading.computeIfAbsent(checked(vaultHost), host -> client(host, retrying()));
  }

  /** Never sends a call again: one whose answer was lost may have taken effect. */
  KeyClient sendingOnce(String vaultHost) {
    return sendingOnce.computeIfAbsent(checked(vaultHost), host -> client(host, never()));
  }

  private static RetryOptions retrying() {
    return new RetryOptions(
            new ExponentialBackoffOptions()
                .setMaxRetries(RETRIES)
                .setBaseDelay(FIRST_DELAY)
                .setMaxDelay(LONGEST_DELAY))
        .setShouldRetryCondition(VaultClients::saysNothing);
  }

  private static RetryOptions never() {
    return new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1)));
  }

  /**
   * Whoever asks for a pause gets none of a function's thread: that is for the operation to make.
   * The SDK would sleep for as long as the header says.
   */
  private static boolean saysNothing(RequestRetryCondition seen) {
    HttpResponse answer = seen.getResponse();
    if (answer == null) {
      return isOfTheWire(seen.getThrowable());
    }
    if (ASKS_FOR_A_PAUSE.stream().anyMatch(name -> answer.getHeaderValue(name) != null)) {
      return false;
    }
    return switch (answer.getStatusCode()) {
      case 408, 500, 502, 504 -> true;
      default -> false;
    };
  }

  private static boolean isOfTheWire(@Nullable Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof IOException || each instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }

  /** Promise K9: no token goes to a host that is no vault of this cloud. */
  private String checked(String vaultHost) {
    int dot = vaultHost.indexOf('.');
    boolean isVault =
        dot > 0
            && VAULT_NAME.matcher(vaultHost.substring(0, dot)).matches()
            && vaultHost.substring(dot + 1).equals(cloud.vaultSuffix());
    if (!isVault) {
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
        .addPolicy(new VaultWire(host))
        .addPolicy(new OnlyThisVault(host, patience))
        .clientOptions(new ClientOptions().setApplicationId(applicationId))
        .buildClient();
  }
}
