package dev.rekey.endtoend;

import dev.rekey.testbed.PlainRequests;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Another client that edits, deletes and makes Secrets anew under their old names, and makes new
 * ones, one change after another for as long as it is open.
 */
final class BusyClient implements AutoCloseable {
  static final String NAMESPACE = "busy";
  private static final String COLLECTION = "/api/v1/namespaces/" + NAMESPACE + "/secrets";
  private static final int AT_FIRST = 60;

  private final PlainRequests client;

  /** By name; null where it is gone. */
  private final Map<String, @Nullable String> values = new TreeMap<>();

  private final Thread thread = new Thread(this::work, "busy-client");
  private volatile boolean open = true;
  private volatile int turns;
  private volatile @Nullable RuntimeException failure;

  private BusyClient(PlainRequests client) {
    this.client = client;
  }

  static BusyClient plant(PlainRequests client) {
    BusyClient busy = new BusyClient(client);
    client
        .post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"%s\"}}".formatted(NAMESPACE))
        .expectSuccess();
    for (int number = 0; number < AT_FIRST; number++) {
      busy.create("busy-%03d".formatted(number), "planted");
    }
    return busy;
  }

  BusyClient begin() {
    thread.start();
    return this;
  }

  private void work() {
    try {
      while (open) {
        turn(turns);
        turns++;
      }
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Every Secret comes to each kind of change in turn. */
  private void turn(int turn) {
    String name = "busy-%03d".formatted(turn % AT_FIRST);
    int round = turn / AT_FIRST + turn;
    String value = "turn-" + turn;
    if (values.get(name) == null) {
      create(name, value);
    } else if (round % 4 == 0) {
      delete(name);
    } else if (round % 4 == 1) {
      delete(name);
      create(name, value);
    } else if (round % 4 == 2) {
      create("busy-new-%05d".formatted(turn), value);
    } else {
      edit(name, value);
    }
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

  private void edit(String name, String value) {
    String json = "{\"stringData\": {\"value\": \"%s\"}}".formatted(value);
    client.mergePatch(PlainRequests.secretPath(NAMESPACE, name), json).expectSuccess();
    values.put(name, value);
  }

  private void delete(String name) {
    client.delete(PlainRequests.secretPath(NAMESPACE, name)).expectSuccess();
    values.put(name, null);
  }

  int turns() {
    return turns;
  }

  /** The full names of those that it left behind. */
  Set<String> present() {
    Map<String, String> there = new HashMap<>(values);
    there.values().removeIf(value -> value == null);
    Set<String> names = new TreeSet<>();
    there.keySet().forEach(name -> names.add(NAMESPACE + "/" + name));
    return names;
  }

  /** What isn't as this client left it; empty if all is. */
  List<String> differences() {
    return StoredContents.differences(client, NAMESPACE, values);
  }

  /** Ends it; fails if it was ever refused something: others must not feel a re-encryption. */
  @Override
  public void close() throws InterruptedException {
    open = false;
    thread.join();
    if (failure != null) {
      throw failure;
    }
  }
}
