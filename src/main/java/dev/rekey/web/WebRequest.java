package dev.rekey.web;

import java.util.Map;
import java.util.Optional;

/**
 * A request, whoever received it.
 *
 * @param method in upper case
 * @param route the variable segments of the path, by name
 * @param query the query, by name
 * @param headers by lower-case name
 * @param body empty if there is none
 */
public record WebRequest(
    String method,
    Map<String, String> route,
    Map<String, String> query,
    Map<String, String> headers,
    String body) {

  public WebRequest {
    route = Map.copyOf(route);
    query = Map.copyOf(query);
    headers = Map.copyOf(headers);
  }

  /** A header; empty if it is absent or blank. */
  public Optional<String> header(String lowerCaseName) {
    return Optional.ofNullable(headers.get(lowerCaseName))
        .map(String::strip)
        .filter(text -> !text.isEmpty());
  }

  /** A variable segment of the path; empty text if the route has none of that name. */
  public String segment(String name) {
    return route.getOrDefault(name, "");
  }

  /** Headers and body may hold credentials. */
  @Override
  public String toString() {
    return "WebRequest[" + method + "]";
  }
}
