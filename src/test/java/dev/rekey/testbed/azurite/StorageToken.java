package dev.rekey.testbed.azurite;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import reactor.core.publisher.Mono;

/** A token that looks as Entra's do for storage. */
final class StorageToken {
  private StorageToken() {}

  static TokenCredential credential() {
    return request -> Mono.fromSupplier(StorageToken::token);
  }

  private static AccessToken token() {
    Instant now = Instant.now();
    Instant until = now.plusSeconds(24 * 3600);
    String claims =
        "{\"aud\":\"https://storage.azure.com\",\"iss\":\"https://sts.windows.net/0/\",\"iat\":%1$d,\"nbf\":%1$d,\"exp\":%2$d}"
            .formatted(now.getEpochSecond() - 60, until.getEpochSecond());
    String text =
        part("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + part(claims) + "." + part("x");
    return new AccessToken(text, until.atOffset(ZoneOffset.UTC));
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
