package dev.rekey.benchmark;

import dev.rekey.testbed.Conversation;
import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.RecordingProxy;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Testbed;
import dev.rekey.testbed.ValueSearch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A hundred Secrets, and a proxy that sees every byte in the clear: how much of the Secrets each
 * client is sent, and how often the vault is called for so few.
 */
final class SmallRun {
  private static final int SECRETS = 100;
  private static final int BYTES = 1024;
  private static final int IN_FLIGHT = 32;

  private final Map<String, Long> secretBytes = new LinkedHashMap<>();
  private final Map<String, Long> vaultCalls = new LinkedHashMap<>();

  private SmallRun() {}

  static SmallRun of(List<Client> clients) {
    SmallRun run = new SmallRun();
    try (Testbed testbed =
        Testbed.with(new KeysInMemory())
            .key(Rotation.first())
            .flags(StorageVersionMigration.API_SERVER_FLAGS)
            .start()) {
      Seed seed = Seed.plant(testbed.requests(), SECRETS, BYTES, 10);
      ValueSearch values = ValueSearch.forAll(seed.markers().values());
      Rotation rotation = new Rotation(testbed);
      clients.forEach(client -> run.measure(client, testbed, rotation, values));
    }
    return run;
  }

  private void measure(Client client, Testbed testbed, Rotation rotation, ValueSearch values) {
    long before = rotation.vaultCalls();
    rotation.makeAllStale();
    try (RecordingProxy proxy = testbed.recordingProxy();
        ProcessWatch watch = new ProcessWatch(testbed.replica(0).pid())) {
      client.run(new Stage(testbed, proxy.url(), IN_FLIGHT), watch);
      long found = 0;
      for (Conversation conversation : proxy.conversations()) {
        found += values.in(conversation.answeredBytes()).size();
      }
      secretBytes.put(client.name(), found * BYTES);
    }
    vaultCalls.put(client.name(), rotation.vaultCalls() - before);
    rotation.checkNoneIsStale(client.name());
  }

  /**
   * By client, in bytes: values that it was sent, each counted once per connection that carried it,
   * so that it is the least that it may have been.
   */
  Map<String, Long> secretBytes() {
    return secretBytes;
  }

  /** By client: encrypt and decrypt calls of all key versions. */
  Map<String, Long> vaultCalls() {
    return vaultCalls;
  }
}
