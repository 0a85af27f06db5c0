package dev.rekey.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.preflight.ApiServerAccess;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.ClusterIdentity;
import dev.rekey.operation.preflight.ClusterSetup;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.simulation.azure.SimulatedVault;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Before Kubernetes 1.27 API servers name neither themselves nor a key in their metrics. */
class DoctorOfKmsV1Test {
  private static final ClusterName PROD = new ClusterName("prod");
  private static final String ID =
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/prod";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
  private static final KeyIdHash KMS_V1 = new KeyIdHash("k8s:enc:kms:v1:azurekmsprovider:");

  private final TestClock time = new TestClock(NOW);
  private final SimulatedVault vault = new SimulatedVault(time, new Random(1));
  private final KeyId key = vault.createVersion(new VaultKey("kv.vault.azure.net", "etcd"));
  private final FakeApiServers servers = new FakeApiServers(time);
  private String kubernetes = "1.26.15";

  @BeforeEach
  void serversThatNameNothing() {
    String unnamed = ReplicaSample.unnamed(NOW);
    servers.replicas.put(unnamed, new FakeReplica(unnamed, KMS_V1, NOW));
    servers.secrets.put("team/one", new FakeReplica.FakeSecret(KMS_V1));
  }

  @Test
  void clusterOnKmsV1_isToldSoWithTheWayOutAndItsApiServersAreInOrder() {
    List<Finding> found = findings();

    assertThat(finding(found, "own-rights-on-api-server").verdict()).isEqualTo(Verdict.PASSED);
    assertThat(finding(found, "kms-v2").seen()).isEqualTo("Kubernetes 1.26.15, so KMS v1");
    assertThat(finding(found, "kms-v2").remedy())
        .isEqualTo("rekey migrate-to-kms-v2 --cluster " + ID);
  }

  /** There KMS v2 serves, so what names no key can't be told from no encryption at all. */
  @Test
  void serversWithoutNamesOnANewerKubernetes_areOfNoUse() {
    kubernetes = "1.33.5";

    assertThat(finding(findings(), "own-rights-on-api-server").verdict()).isEqualTo(Verdict.FAILED);
  }

  @Test
  void byAKubeconfigAlone_whatWasReadUnderKmsV1TellsIt() {
    List<Finding> before = preflight().ofApiServer(PROD);
    servers.replicas.values().forEach(replica -> replica.reads.put(KMS_V1, 7L));
    List<Finding> after = preflight().ofApiServer(PROD);

    assertThat(finding(before, "own-rights-on-api-server").seen())
        .endsWith("it was started without an encryption configuration");
    assertThat(finding(after, "own-rights-on-api-server").seen())
        .endsWith("it is on KMS v1; rekey migrate-to-kms-v2 --cluster ID leads it to KMS v2");
  }

  private List<Finding> findings() {
    KmsSettings on = KmsSettings.of(key);
    return preflight().findings(PROD, List.of(new Change(on, on, null)));
  }

  private RunPreflight preflight() {
    return new RunPreflight(
        new Ports(null, new OldCluster(), vault, servers, null, null, null, null, time));
  }

  private static Finding finding(List<Finding> found, String check) {
    return found.stream().filter(one -> one.check().equals(check)).findFirst().orElseThrow();
  }

  private final class OldCluster implements ClusterSurroundings {
    @Override
    public ClusterSide cluster(ClusterName cluster) {
      Reading<ClusterSetup> shown =
          Reading.of(
              new ClusterSetup(
                  ID,
                  "Succeeded",
                  "Running",
                  kubernetes,
                  KmsSettings.of(key),
                  key.url(),
                  KmsExperience.of(true, key.url(), null, kubernetes),
                  new ClusterIdentity(ClusterIdentity.Type.USER_ASSIGNED, List.of()),
                  new ApiServerAccess(false, false, List.of(), null),
                  List.of()));
      ClusterSide none = ClusterSide.unread(Reading.unread("nobody may"));
      return new ClusterSide(shown, none.tenant(), List.of(), none.scaleSets(), List.of());
    }

    @Override
    public VaultSide vault(
        ClusterName cluster, String host, String resourceId, List<String> principals) {
      return VaultSide.unread(host, Reading.unread("nobody may"));
    }
  }
}
