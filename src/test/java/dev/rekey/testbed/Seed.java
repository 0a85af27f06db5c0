package dev.rekey.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.testbed.PlainRequests.Answer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Secrets of known content: each holds a random marker that stands nowhere else, so that a leak can
 * be found by searching for it, and each is compared in full when read back.
 */
public final class Seed {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Every eleventh is of each awkward shape, the others are opaque. */
  private static final int SHAPES_EVERY = 11;

  private final PlainRequests admin;
  private final Random random;
  private final List<String> namespaces;
  private final Map<String, String> markers = new TreeMap<>();
  private final Map<String, String> fingerprints = new TreeMap<>();

  private Seed(PlainRequests admin, String prefix, int namespaces) {
    this.admin = admin;
    this.random = new Random(prefix.hashCode());
    this.namespaces =
        IntStream.range(0, namespaces)
            .mapToObj(number -> "%s-%03d".formatted(prefix, number))
            .toList();
  }

  /** {@link #plant(PlainRequests, String, int, int, int)} in {@code seeded-000} and so on. */
  public static Seed plant(PlainRequests admin, int secrets, int bytes, int namespaces) {
    return plant(admin, "seeded", secrets, bytes, namespaces);
  }

  /**
   * Creates the Secrets {@code secret-00000} and so on, many at a time.
   *
   * @param prefix of the namespaces, which are created; the same prefix gives the same content
   * @param bytes of each Secret's value; the API server takes a little less than a MiB
   * @param namespaces over which the Secrets are spread in turns
   */
  public static Seed plant(
      PlainRequests admin, String prefix, int secrets, int bytes, int namespaces) {
    Seed planted = new Seed(admin, prefix, namespaces);
    planted.createNamespaces();
    planted.createSecrets(secrets, bytes);
    return planted;
  }

  public List<String> namespaces() {
    return namespaces;
  }

  /** By {@code namespace/name}: a text that stands in this Secret's value and nowhere else. */
  public Map<String, String> markers() {
    return Collections.unmodifiableMap(markers);
  }

  /**
   * Reads all Secrets of the seeded namespaces back and compares each in full, as JSON without
   * resourceVersion and managedFields.
   *
   * @return {@code namespace/name: what is wrong}; empty when nothing was lost, changed or added
   */
  public List<String> differences() {
    return differences(admin);
  }

  /** The same, read through another address, such as each replica's in turn. */
  public List<String> differences(PlainRequests reader) {
    Map<String, String> found = new TreeMap<>();
    InFlight.map(namespaces.stream(), namespace -> list(reader, namespace))
        .forEach(
            answer ->
                answer
                    .expectSuccess()
                    .json()
                    .path("items")
                    .forEach(secret -> found.put(fullName(secret), Fingerprint.of(secret))));
    TreeSet<String> names = new TreeSet<>(fingerprints.keySet());
    names.addAll(found.keySet());
    return names.stream()
        .filter(name -> !found.getOrDefault(name, "").equals(fingerprints.get(name)))
        .map(
            name ->
                name + ": " + difference(found.containsKey(name), fingerprints.containsKey(name)))
        .toList();
  }

  private static String difference(boolean found, boolean planted) {
    if (!found) {
      return "gone";
    }
    return planted ? "changed" : "added";
  }

  private static CompletableFuture<Answer> list(PlainRequests reader, String namespace) {
    return reader.send("GET", "/api/v1/namespaces/" + namespace + "/secrets", "", "");
  }

  private void createNamespaces() {
    InFlight.map(
        namespaces.stream(),
        namespace ->
            create(
                "/api/v1/namespaces", "{\"metadata\": {\"name\": \"%s\"}}".formatted(namespace)));
    InFlight.map(
        namespaces.stream(),
        namespace ->
            create(
                "/api/v1/namespaces/" + namespace + "/serviceaccounts",
                "{\"metadata\": {\"name\": \"%s\"}}".formatted(SecretShape.SERVICE_ACCOUNT)));
  }

  private void createSecrets(int secrets, int bytes) {
    Stream<ObjectNode> bodies = IntStream.range(0, secrets).mapToObj(number -> body(number, bytes));
    List<JsonNode> created =
        InFlight.map(
            bodies,
            body ->
                create(
                    "/api/v1/namespaces/%s/secrets"
                        .formatted(body.at("/metadata/namespace").asText()),
                    body.toString()));
    for (JsonNode secret : created) {
      fingerprints.put(fullName(secret), Fingerprint.of(secret));
    }
  }

  private ObjectNode body(int number, int bytes) {
    ObjectNode secret = JSON.createObjectNode();
    secret
        .withObject("/metadata")
        .put("name", "secret-%05d".formatted(number))
        .put("namespace", namespaces.get(number % namespaces.size()));
    String marker = "marker-%016x%016x".formatted(random.nextLong(), random.nextLong());
    markers.put(fullName(secret), marker);
    shape(number).fill(secret, value(marker, bytes));
    return secret;
  }

  private static SecretShape shape(int number) {
    SecretShape[] shapes = SecretShape.values();
    int turn = number % SHAPES_EVERY;
    return turn < shapes.length ? shapes[turn] : SecretShape.OPAQUE;
  }

  /** The marker, then letters up to the wanted length. */
  private String value(String marker, int bytes) {
    StringBuilder value = new StringBuilder(marker);
    while (value.length() < bytes) {
      value.append((char) ('a' + random.nextInt(26)));
    }
    return value.toString();
  }

  private CompletableFuture<JsonNode> create(String path, String json) {
    return admin
        .send("POST", path, "application/json", json)
        .thenApply(answer -> answer.expectSuccess().json());
  }

  private static String fullName(JsonNode secret) {
    return secret.at("/metadata/namespace").asText() + "/" + secret.at("/metadata/name").asText();
  }
}
