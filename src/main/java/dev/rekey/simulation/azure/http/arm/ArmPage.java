package dev.rekey.simulation.azure.http.arm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A list in pages. */
final class ArmPage {
  private static final String TOKEN = "$skiptoken";

  /** So small that every test turns one. */
  static final int SMALL = 2;

  private ArmPage() {}

  /** The small page of a list that a request asks for. */
  static AzureAnswer of(AzureRequest request, List<ObjectNode> all) {
    return of(request, all, SMALL);
  }

  /**
   * The page of a list that a request asks for.
   *
   * @param size how many elements it has at most
   */
  static AzureAnswer of(AzureRequest request, List<ObjectNode> all, int size) {
    int from = Integer.parseInt(request.query().getOrDefault(TOKEN, "0"));
    int to = Math.min(from + size, all.size());
    List<ObjectNode> page = all.subList(Math.min(from, to), to);
    return AzureAnswer.json(200, ArmBodies.page(page, to < all.size() ? next(request, to) : null));
  }

  private static String next(AzureRequest request, int from) {
    Map<String, String> query = new TreeMap<>(request.query());
    query.put(TOKEN, String.valueOf(from));
    String all =
        query.entrySet().stream()
            .map(each -> each.getKey() + "=" + each.getValue())
            .collect(Collectors.joining("&"));
    try {
      return new URI("https", ArmService.HOST, request.path(), all, null).toASCIIString();
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException("what was asked for is an address", impossible);
    }
  }
}
