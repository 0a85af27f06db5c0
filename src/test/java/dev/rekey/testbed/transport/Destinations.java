package dev.rekey.testbed.transport;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where requests for hosts go. A request for a host that isn't here must not leave this machine.
 *
 * <p>As text, for a child process: {@code suffix=>base} with semicolons between, for example {@code
 * .vault.azure.net=>http://127.0.0.1:4000/{host};.queue.core.windows.net=>https://127.0.0.1:4001/{account}}.
 *
 * @param bases by a host's suffix: what stands in front of the path, where {@code {host}} is the
 *     host and {@code {account}} its first label
 */
public record Destinations(Map<String, String> bases) {

  public Destinations {
    bases = new LinkedHashMap<>(bases);
  }

  public static Destinations none() {
    return new Destinations(Map.of());
  }

  public Destinations with(String suffix, String base) {
    Map<String, String> more = new LinkedHashMap<>(bases);
    more.put(suffix, base);
    return new Destinations(more);
  }

  /** To the simulated Azure, which finds the service by the host in front of the path. */
  public Destinations toSimulation(String suffix, URI front) {
    return with(suffix, front + "/{host}");
  }

  static Destinations parse(String text) {
    Destinations read = none();
    for (String each : text.isEmpty() ? new String[0] : text.split(";")) {
      String[] parts = each.split("=>", 2);
      read = read.with(parts[0], parts[1]);
    }
    return read;
  }

  public String text() {
    StringBuilder text = new StringBuilder();
    bases.forEach(
        (suffix, base) ->
            text.append(text.length() == 0 ? "" : ";").append(suffix).append("=>").append(base));
    return text.toString();
  }

  /** Where a request goes; empty if its host is unknown. Loopback stays as it is. */
  Optional<URI> of(URI request) {
    String host = request.getHost();
    if (host.equals("127.0.0.1")) {
      return Optional.of(request);
    }
    String rest =
        request.getRawPath() + (request.getRawQuery() == null ? "" : "?" + request.getRawQuery());
    return bases.entrySet().stream()
        .filter(entry -> host.endsWith(entry.getKey()))
        .findFirst()
        .map(entry -> entry.getValue())
        .map(base -> base.replace("{host}", host).replace("{account}", host.split("\\.")[0]))
        .map(base -> URI.create(base + rest));
  }
}
