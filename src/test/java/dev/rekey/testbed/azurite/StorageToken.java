package dev.rekey.testbed.azurite;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import dev.rekey.simulation.azure.http.identity.EntraToken;
import java.time.Instant;
import java.time.ZoneOffset;
import reactor.core.publisher.Mono;

/** A token for storage. */
final class StorageToken {
  private StorageToken() {}

  static TokenCredential credential() {
    return request -> Mono.fromSupplier(StorageToken::token);
  }

  private static AccessToken token() {
    Instant now = Instant.now();
    return new AccessToken(
        EntraToken.of("https://storage.azure.com", "tests", now),
        now.plus(EntraToken.VALID).atOffset(ZoneOffset.UTC));
  }
}
