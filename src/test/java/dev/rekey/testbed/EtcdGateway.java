package dev.rekey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Raw reads and writes through etcd's JSON gateway, so that no etcd client library is needed. */
final class EtcdGateway {
  /** 100 Secrets of the largest allowed size (1 MiB) still fit into one answer's JSON. */
  private static final int PAGE = 100;

  private static final int WITHOUT_LIMIT = 0;

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final String endpoint;

  EtcdGateway(String endpoint) {
    this.endpoint = endpoint;
  }

  long revision() {
    ObjectNode query = JSON.createObjectNode().put("key", encoded("/")).put("count_only", true);
    return revision(call("range", query));
  }

  Optional<StoredValue> get(String key) {
    return stored(call("range", JSON.createObjectNode().put("key", encoded(key)))).stream()
        .findFirst();
  }

  /** Pages by key, every page at the revision of the first. */
  List<StoredValue> range(String prefix) {
    return range(prefix, PAGE);
  }

  /** The same in one answer, in half the time; for small values only. */
  List<StoredValue> rangeAtOnce(String prefix) {
    return range(prefix, WITHOUT_LIMIT);
  }

  private List<StoredValue> range(String prefix, int limit) {
    List<StoredValue> all = new ArrayList<>();
    String from = prefix;
    long revision = 0;
    JsonNode page;
    do {
      page = call("range", pageQuery(from, prefix, revision, limit));
      revision = revision == 0 ? revision(page) : revision;
      List<StoredValue> values = stored(page);
      all.addAll(values);
      // The smallest key after the last one: range starts are inclusive.
      from = values.isEmpty() ? from : values.get(values.size() - 1).key() + "\0";
    } while (page.path("more").asBoolean());
    return all;
  }

  private static ObjectNode pageQuery(String from, String prefix, long revision, int limit) {
    char last = prefix.charAt(prefix.length() - 1);
    String end = prefix.substring(0, prefix.length() - 1) + (char) (last + 1);
    return JSON.createObjectNode()
        .put("key", encoded(from))
        .put("range_end", encoded(end))
        .put("limit", limit)
        .put("revision", revision);
  }

  long put(String key, byte[] value) {
    return revision(
        call("put", JSON.createObjectNode().put("key", encoded(key)).put("value", value)));
  }

  long delete(String key) {
    ObjectNode query = JSON.createObjectNode().put("key", encoded(key));
    return call("deleterange", query).path("deleted").asLong();
  }

  void compact(long revision) {
    call("compaction", JSON.createObjectNode().put("revision", revision).put("physical", true));
  }

  private static long revision(JsonNode answer) {
    return answer.path("header").path("revision").asLong();
  }

  private static List<StoredValue> stored(JsonNode answer) {
    List<StoredValue> values = new ArrayList<>();
    for (JsonNode entry : answer.path("kvs")) {
      String key = new String(decoded(entry.path("key")), StandardCharsets.UTF_8);
      values.add(
          new StoredValue(key, decoded(entry.path("value")), entry.path("mod_revision").asLong()));
    }
    return values;
  }

  private JsonNode call(String method, ObjectNode query) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(endpoint + "/v3/kv/" + method))
              .timeout(TIMEOUT)
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(query)))
              .build();
      HttpResponse<byte[]> answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(
            "etcd answered %d: %s"
                .formatted(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8)));
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while calling etcd", e);
    }
  }

  private static String encoded(String key) {
    return Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] decoded(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asText());
  }
}
