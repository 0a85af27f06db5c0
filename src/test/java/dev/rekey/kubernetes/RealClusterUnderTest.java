package dev.rekey.kubernetes;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.FewSeats;
import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.KmsPlugin;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Slots;
import dev.rekey.testbed.StoredValue;
import dev.rekey.testbed.Testbed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The real one. It is started once; for each test what lies in etcd is put back as it was, past the
 * API server.
 */
final class RealClusterUnderTest implements ClusterUnderTest {
  private static final String STORED = "/registry/secrets/";
  private static final Duration WITHIN = Duration.ofSeconds(30);

  private final Testbed testbed;
  private final List<StoredValue> stale;
  private final List<String> obstructed = new ArrayList<>();
  private ApiServers servers;
  private boolean narrow;

  RealClusterUnderTest() {
    testbed =
        Testbed.with(new KeysInMemory())
            .key(ApiServersContract.KEY_1)
            // Snapshots in the API server's own cache outlive the store's compaction.
            .flags("--feature-gates=ListFromCacheSnapshot=false")
            .start();
    for (int team = 0; team < 3; team++) {
      String json = "{\"metadata\": {\"name\": \"team-%02d\"}}".formatted(team);
      testbed.requests().post("/api/v1/namespaces", json).expectSuccess();
    }
    for (int number = 0; number < SECRETS; number++) {
      create("team-%02d".formatted(number % 3), "secret-%04d".formatted(number));
    }
    stale = testbed.etcd().range(STORED);
    load(ApiServersContract.KEY_2, ApiServersContract.KEY_1);
    servers = connect();
  }

  /** As it was at the beginning; perhaps with few seats for Rekey. */
  RealClusterUnderTest fresh(boolean few) {
    obstructed.forEach(testbed::allowSecretUpdates);
    obstructed.clear();
    for (StoredValue stored : testbed.etcd().range(STORED)) {
      testbed.etcd().delete(stored.key());
    }
    stale.forEach(stored -> testbed.etcd().put(stored.key(), stored.value()));
    if (!testbed.slots(0).equals(slots(ApiServersContract.KEY_2, ApiServersContract.KEY_1))) {
      load(ApiServersContract.KEY_2, ApiServersContract.KEY_1);
      testbed.replica(0).awaitReady();
    }
    if (few && !narrow) {
      FewSeats.forRekey(testbed);
    } else if (!few && narrow) {
      FewSeats.undo(testbed);
    }
    narrow = few;
    servers.close();
    servers = connect();
    return this;
  }

  private static Slots slots(String current, String previous) {
    return Slots.of(current, previous);
  }

  private void load(String current, String previous) {
    testbed.configure(0, slots(current, previous));
  }

  private ApiServers connect() {
    Kubeconfig kubeconfig = Kubeconfig.read(testbed.kubeconfig(), null);
    ClusterName name = kubeconfig.clusterName();
    return new KubeconfigKubernetes(
            name, kubeconfig, ConnectionSettings.defaults("test"), Clock.systemUTC())
        .connect(name);
  }

  @Override
  public ApiServers servers() {
    return servers;
  }

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long under(String keyUrl) {
    String keyId = KmsPlugin.keyIdOf(keyUrl);
    return testbed.etcd().secrets().stream().filter(secret -> secret.keyId().equals(keyId)).count();
  }

  @Override
  public void create(String name) {
    create("team-00", name);
  }

  private void create(String namespace, String name) {
    String json =
        "{\"metadata\": {\"name\": \"%s\"}, \"stringData\": {\"value\": \"v\"}}".formatted(name);
    testbed.requests().post("/api/v1/namespaces/" + namespace + "/secrets", json).expectSuccess();
  }

  @Override
  public void delete(String namespace, String name) {
    testbed.requests().delete(PlainRequests.secretPath(namespace, name)).expectSuccess();
  }

  @Override
  public void deny(String namespace) {
    testbed.denySecretUpdates(namespace);
    obstructed.add(namespace);
  }

  @Override
  public void breakWebhook(String namespace) {
    testbed.breakSecretUpdates(namespace);
    obstructed.add(namespace);
  }

  @Override
  public void compact() {
    String json = "{\"metadata\": {\"generateName\": \"written-meanwhile-\"}}";
    testbed.requests().post("/api/v1/namespaces/default/configmaps", json).expectSuccess();
    testbed.etcd().compact();
  }

  @Override
  public void kill() {
    testbed.replica(0).kill9();
  }

  @Override
  public void start(String current, String previous) {
    load(current, previous);
    if (under(current) + under(previous) >= SECRETS) {
      testbed.replica(0).awaitReady();
    }
    servers.close();
    servers = connect();
    Await.until("rights known", WITHIN, this::knowsRights, () -> "leases are refused");
  }

  /** For a second after its start an API server answers everybody 403. */
  private boolean knowsRights() {
    try {
      servers.leases();
      return true;
    } catch (OutsideFault fault) {
      return false;
    }
  }

  /** It goes on for the next test. */
  @Override
  public void close() {}

  void stop() {
    servers.close();
    testbed.close();
  }
}
