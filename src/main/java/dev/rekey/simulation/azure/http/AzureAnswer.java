package dev.rekey.simulation.azure.http;

import java.util.Map;
import java.util.TreeMap;

/** What one of Azure's services answers. */
public record AzureAnswer(int status, Map<String, String> headers, String body) {

  public AzureAnswer {
    headers = Map.copyOf(headers);
  }

  public static AzureAnswer json(int status, String body) {
    return new AzureAnswer(status, Map.of("Content-Type", "application/json"), body);
  }

  public AzureAnswer with(String header, String value) {
    Map<String, String> more = new TreeMap<>(headers);
    more.put(header, value);
    return new AzureAnswer(status, more, body);
  }
}
