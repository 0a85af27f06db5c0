package dev.rekey.endtoend;

import dev.rekey.reencryption.SecretRef;
import dev.rekey.testbed.PlainRequests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Another client that changes a Secret in the instant before Rekey's patch of it: some in the write
 * pass, which sends the first, the others in the proof pass.
 */
final class AtTheWorstMoment implements Interference {
  static final int OF_EACH = 4;
  private static final String NAMESPACE = "worst-moment";
  private static final String COLLECTION = "/api/v1/namespaces/" + NAMESPACE + "/secrets";

  private enum Change {
    EDITED,
    DELETED,
    RECREATED
  }

  private final PlainRequests client;
  private final Map<String, Integer> sent = new HashMap<>();

  /** By name; null where it is gone for good. */
  private final Map<String, String> values = new TreeMap<>();

  private AtTheWorstMoment(PlainRequests client) {
    this.client = client;
  }

  static AtTheWorstMoment plant(PlainRequests client) {
    AtTheWorstMoment planted = new AtTheWorstMoment(client);
    client
        .post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"%s\"}}".formatted(NAMESPACE))
        .expectSuccess();
    for (Change change : Change.values()) {
      for (int pass = 1; pass <= 2; pass++) {
        for (int number = 0; number < OF_EACH; number++) {
          planted.create("%s-%d-%d".formatted(change.name().toLowerCase(), pass, number), "first");
        }
      }
    }
    return planted;
  }

  private void create(String name, String value) {
    String json =
        """
        {"metadata": {"name": "%s"}, "stringData": {"value": "%s"}}
        """
            .formatted(name, value);
    client.post(COLLECTION, json).expectSuccess();
    values.put(name, value);
  }

  @Override
  public void beforePatch(SecretRef secret, int inFlight) {
    if (!secret.namespace().equals(NAMESPACE)) {
      return;
    }
    String[] parts = secret.name().split("-");
    int times = sent.merge(secret.name(), 1, Integer::sum);
    if (times == Integer.parseInt(parts[1])) {
      change(Change.valueOf(parts[0].toUpperCase()), secret.name());
    }
  }

  private void change(Change change, String name) {
    String path = PlainRequests.secretPath(NAMESPACE, name);
    if (change == Change.EDITED) {
      client.mergePatch(path, "{\"stringData\": {\"value\": \"edited\"}}").expectSuccess();
      values.put(name, "edited");
      return;
    }
    client.delete(path).expectSuccess();
    values.put(name, null);
    if (change == Change.RECREATED) {
      create(name, "made anew");
    }
  }

  /** What isn't as this client left it; empty if all is. */
  List<String> differences() {
    return StoredContents.differences(client, NAMESPACE, values);
  }
}
