package dev.rekey.web;

import java.util.Map;

/**
 * An answer, whoever sends it.
 *
 * @param headers by name, {@code Content-Type} included
 */
public record WebResponse(int status, Map<String, String> headers, String body) {

  public WebResponse {
    headers = Map.copyOf(headers);
  }
}
