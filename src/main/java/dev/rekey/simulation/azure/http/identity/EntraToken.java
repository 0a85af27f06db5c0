package dev.rekey.simulation.azure.http.identity;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/** A token that looks as Entra's do, and is signed by nobody. */
public final class EntraToken {
  /** As long as those of a managed identity. */
  public static final Duration VALID = Duration.ofHours(24);

  private static final JsonMapper JSON = new JsonMapper();
  private static final String TENANT = "72f988bf-86f1-41af-91ab-2d7cd011db47";

  private EntraToken() {}

  /**
   * A token that is valid from a minute before an instant, for clocks that differ.
   *
   * @param resource whom it is meant for, such as {@code https://storage.azure.com}
   */
  public static String of(String resource, String clientId, Instant now) {
    long seconds = now.getEpochSecond();
    ObjectNode claims = JSON.createObjectNode();
    claims.put("aud", resource).put("iss", "https://sts.windows.net/" + TENANT + "/");
    claims.put("iat", seconds - 60).put("nbf", seconds - 60);
    claims.put("exp", seconds + VALID.toSeconds());
    claims.put("appid", clientId).put("oid", clientId).put("tid", TENANT).put("ver", "1.0");
    return part("{\"typ\":\"JWT\",\"alg\":\"RS256\"}")
        + "."
        + part(claims.toString())
        + "."
        + part("unsigned");
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
