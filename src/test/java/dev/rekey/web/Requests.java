package dev.rekey.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A request for a rotation that is in order; tests break one thing of it. */
final class Requests {
  static final String AUDIENCE = "api://rekey";
  static final String ISSUER = "https://login.microsoftonline.com/tenant/v2.0";
  static final TrustedCallers TRUSTED = new TrustedCallers(true, AUDIENCE, ISSUER);
  static final String BODY = "{\"kind\":\"rotate\",\"reason\":\"yearly rotation\"}";

  private final Map<String, String> headers = new HashMap<>();
  private String cluster = "prod-1";
  private String body = BODY;

  private Requests() {
    headers.put("content-type", "application/json");
    headers.put("idempotency-key", "k1");
    headers.put("host", "rekey.azurewebsites.net");
    headers.put(
        Principal.HEADER,
        principal(
            claim("aud", AUDIENCE),
            claim("iss", ISSUER),
            claim("roles", "Rekey.Operator"),
            claim("preferred_username", "ana@example.org")));
  }

  static Requests inOrder() {
    return new Requests();
  }

  Requests header(String name, String value) {
    headers.put(name, value);
    return this;
  }

  Requests without(String name) {
    headers.remove(name);
    return this;
  }

  Requests cluster(String name) {
    cluster = name;
    return this;
  }

  Requests body(String text) {
    body = text;
    return this;
  }

  WebRequest made() {
    return made(Map.of("cluster", cluster));
  }

  WebRequest made(Map<String, String> route) {
    return new WebRequest("POST", route, Map.of(), headers, body);
  }

  static WebRequest get(Map<String, String> route) {
    return new WebRequest("GET", route, Map.of(), Map.of(), "");
  }

  static String claim(String type, String value) {
    return "{\"typ\":\"" + type + "\",\"val\":\"" + value + "\"}";
  }

  static String principal(String... claims) {
    return base64("{\"auth_typ\":\"aad\",\"claims\":[" + String.join(",", claims) + "]}");
  }

  static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
