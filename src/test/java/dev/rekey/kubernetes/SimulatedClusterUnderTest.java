package dev.rekey.kubernetes;

import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.TestVault;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.http.SimulatedApiServerHttp;
import dev.rekey.simulation.cluster.replica.ReplicaSettings;
import dev.rekey.simulation.cluster.secret.SecretContent;
import dev.rekey.simulation.time.VirtualTime;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** The simulated one, reached in this process or, through the real adapter, over HTTPS. */
final class SimulatedClusterUnderTest implements ClusterUnderTest {
  final SimulatedCluster cluster;
  private final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
  private final ApiServers servers;
  private final SimulatedApiServerHttp http;
  private final boolean overHttps;

  /**
   * @param mostInFlight requests that it takes in at once; 0 for no limit
   */
  SimulatedClusterUnderTest(boolean overHttps, int mostInFlight) {
    this.overHttps = overHttps;
    ClusterShape shape =
        ClusterShape.encrypting(configuration(ApiServersContract.KEY_2, ApiServersContract.KEY_1))
            .withReplicas(1)
            .with(ReplicaSettings.measured().withMaxInFlight(mostInFlight));
    cluster = new SimulatedCluster(shape, new TestVault(), time, 7);
    EncryptionConfiguration before = EncryptionConfiguration.encrypted(ApiServersContract.KEY_1);
    cluster.seed(SecretBatch.of(SECRETS, 3), before).start();
    try {
      http = new SimulatedApiServerHttp(cluster, time, "token-1", StubApiServer.context());
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
    servers =
        overHttps
            ? Fixtures.connect(http.address().toString(), Fixtures.SETTINGS)
            : new SimulatedApiServers(cluster);
  }

  private static EncryptionConfiguration configuration(String current, String previous) {
    return EncryptionConfiguration.encrypted(current, previous);
  }

  @Override
  public ApiServers servers() {
    return servers;
  }

  @Override
  public Instant now() {
    return overHttps ? Instant.now() : time.instant();
  }

  @Override
  public long under(String keyUrl) {
    return cluster.oracle().under(keyUrl);
  }

  @Override
  public void create(String name) {
    cluster.otherClient().create("team-00", name, SecretContent.opaque(Map.of()));
  }

  @Override
  public void delete(String namespace, String name) {
    cluster.otherClient().delete(namespace, name);
  }

  @Override
  public void deny(String namespace) {
    cluster.admission().put(namespace, new Obstacle.DeniedByPolicy("frozen"));
  }

  @Override
  public void breakWebhook(String namespace) {
    cluster.admission().put(namespace, new Obstacle.WebhookDown("down"));
  }

  @Override
  public void compact() {
    cluster.snapshots().compact();
  }

  @Override
  public void kill() {
    exclusively(() -> cluster.replica(0).kill());
  }

  @Override
  public void start(String current, String previous) {
    exclusively(
        () -> {
          time.advance(Duration.ofSeconds(5));
          cluster.replica(0).stage(configuration(current, previous));
          cluster.replica(0).start();
        });
    try {
      servers.leases(); // what was connected finds out by its next request
    } catch (OutsideFault broken) {
      servers.leases();
    }
  }

  private void exclusively(Runnable action) {
    http.exclusively(
        () -> {
          action.run();
          return null;
        });
  }

  @Override
  public void close() {
    servers.close();
    http.close();
  }
}
