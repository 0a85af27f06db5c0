package dev.rekey.cli;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import dev.rekey.app.azure.AzureAccess;
import dev.rekey.app.commandline.AzureRekey;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Records;
import dev.rekey.simulation.KubernetesUpgrade;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.simulation.azure.http.arm.ArmService;
import dev.rekey.simulation.azure.http.vault.VaultService;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.http.SimulatedApiServerHttp;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.FolderTable;
import dev.rekey.storage.TableRecords;
import dev.rekey.testbed.ServingCertificate;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import picocli.CommandLine;
import reactor.core.publisher.Mono;

/**
 * A cluster, its vault and Azure Resource Manager on loopback, over HTTP and in virtual time. The
 * commands reach them with Azure's own clients and all of Rekey's adapters; only the transport
 * leads here, and the login is nobody's.
 */
final class AzureOnThisMachine implements AutoCloseable {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  static final VaultKey OTHER_KEY = new VaultKey("other-kv.vault.azure.net", "etcd");
  static final int SECRETS = 60;

  private static final String TOKEN = "only-in-a-test";
  private static final String AKS_SCOPE = "6dae42f8-4368-4678-94ff-3960e28e3630/.default";
  private static final Duration UPDATE_TAKES = Duration.ofMinutes(2);

  final VirtualTime time = new VirtualTime(Instant.parse("2026-01-15T09:00:00Z"));
  final SimulatedVault vault = new SimulatedVault(time, new Random(5));
  final KeyId first = vault.createVersion(KEY);
  final SimulatedArm arm;
  final ClusterName name;
  final String clusterId;
  final String vaultId;
  private final SimulatedControlPlane plane = new SimulatedControlPlane();
  final RedirectedTransport transport;
  final SimulatedCluster cluster;
  private final Path folder;
  private final ServingCertificate certificate;
  private final SimulatedAzureHttp front;
  private final SimulatedApiServerHttp servers;

  /**
   * @param on whether Secrets are encrypted with the vault's key to begin with
   */
  AzureOnThisMachine(Path folder, boolean on) throws IOException {
    this(folder, on, false);
  }

  /** Whose Kubernetes is so old that KMS is KMS v1. */
  static AzureOnThisMachine onKmsV1(Path folder) throws IOException {
    return new AzureOnThisMachine(folder, true, true);
  }

  private AzureOnThisMachine(Path folder, boolean on, boolean kmsV1) throws IOException {
    this.folder = folder;
    certificate = ServingCertificate.generate(folder);
    EncryptionConfiguration begun = begun(on, kmsV1);
    cluster = new SimulatedCluster(ClusterShape.encrypting(begun).withReplicas(2), vault, time, 3);
    cluster.seed(SecretBatch.of(SECRETS, 4)).start();
    servers = new SimulatedApiServerHttp(cluster, time, TOKEN, certificate.serve());
    arm = new SimulatedArm(time, new Random(7), vault, controlPlane(on, kmsV1), UPDATE_TAKES);
    NewCluster young = NewCluster.named("prod");
    NewCluster off = kmsV1 ? young.onKubernetes("1.26.15") : young;
    name = arm.add(on ? off.withKey(first) : off);
    clusterId = off.resourceId();
    arm.integrateApiServers(name);
    vaultId = vaultBesides("example");
    arm.setKubeconfig(name, kubeconfig("exec: {apiVersion: v1beta1, command: kubelogin}"));
    front =
        new SimulatedAzureHttp()
            .serve(".vault.azure.net", new VaultService(vault))
            .serve(ArmService.HOST, new ArmService(arm));
    transport =
        new RedirectedTransport(
            HttpClient.createDefault(), Destinations.none().toSimulation("", front.address()));
    time.advance(Duration.ofDays(1));
  }

  /** A vault whose keys the cluster's identity may use; its ARM id. */
  String vaultBesides(String vaultName) {
    return new UsualNeighbours(arm.neighbours()).around(arm.body(name), vaultName);
  }

  private EncryptionConfiguration begun(boolean on, boolean kmsV1) {
    if (!on) {
      return EncryptionConfiguration.off();
    }
    return kmsV1
        ? EncryptionConfiguration.underKmsV1(first.url())
        : EncryptionConfiguration.encrypted(first.url());
  }

  /** AKS moves the API servers to another version, whatever ARM shows. */
  void rollByAks(KeyId version) {
    servers.exclusively(
        () -> {
          plane.roll(name, version);
          return null;
        });
  }

  /** A person upgrades Kubernetes; it has been upgraded after half an hour. */
  void upgrade(String version) {
    servers.exclusively(
        () -> {
          new KubernetesUpgrade(arm, plane, cluster, time).begin(name, version);
          time.advance(Duration.ofMinutes(30));
          return null;
        });
  }

  /** What it does to the API servers, no request of theirs may see half done. */
  private ControlPlane controlPlane(boolean on, boolean kmsV1) {
    if (kmsV1) {
      plane.driveKmsV1(cluster, first);
    } else if (on) {
      plane.drive(cluster, first);
    } else {
      plane.drivePlain(cluster);
    }
    return new ControlPlane() {
      @Override
      public void roll(ClusterName of, KeyId keyId) {
        servers.exclusively(
            () -> {
              plane.roll(of, keyId);
              return null;
            });
      }

      @Override
      public void upgrade(ClusterName of, String version) {
        servers.exclusively(
            () -> {
              plane.upgrade(of, version);
              return null;
            });
      }

      @Override
      public boolean hasRolled(ClusterName of) {
        return servers.exclusively(() -> plane.hasRolled(of));
      }
    };
  }

  /** As AKS hands it out, or a person's own. */
  String kubeconfig(String user) throws IOException {
    return """
        apiVersion: v1
        kind: Config
        current-context: prod
        contexts: [{name: prod, context: {cluster: prod, user: somebody}}]
        clusters:
        - name: prod
          cluster: {server: "%s", certificate-authority-data: %s}
        users:
        - name: somebody
          user: {%s}
        """
        .formatted(
            servers.address(),
            Base64.getEncoder().encodeToString(Files.readAllBytes(certificate.certificateFile())),
            user);
  }

  String ownKubeconfig() throws IOException {
    return kubeconfig("token: " + TOKEN);
  }

  /** A command that changes this cluster, agreed to beforehand. */
  CommandLineRun type(String verb, String... options) {
    List<String> agreed = new ArrayList<>(List.of(options));
    agreed.add("--yes");
    return typeAbout(verb, agreed.toArray(String[]::new));
  }

  /** A command about this cluster. */
  CommandLineRun typeAbout(String verb, String... options) {
    List<String> line = new ArrayList<>(List.of(verb, "--cluster", clusterId));
    line.addAll(List.of("--records", folder.resolve("records").toString()));
    line.addAll(List.of(options));
    return typeLine(line.toArray(String[]::new));
  }

  CommandLineRun typeLine(String... line) {
    return CommandLineRun.of(new Parts(), line);
  }

  /** What the commands remember, as another process would find it. */
  Records records() {
    return new TableRecords(FolderTable.open(folder.resolve("records")));
  }

  String keyIdInArm() {
    return arm.keyIdShown(name);
  }

  @Override
  public void close() {
    front.close();
    servers.close();
  }

  /** Makes commands whose Azure is this one. */
  private final class Parts implements CommandLine.IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      return type == ClusterInAzure.class
          ? type.cast(new ClusterInAzure(AzureOnThisMachine.this::around))
          : CommandLine.defaultFactory().create(type);
    }
  }

  private AzureRekey.Around around(Cloud cloud) {
    return new AzureRekey.Around(
        new AzureAccess(cloud, credential(), transport),
        time,
        until ->
            servers.exclusively(
                () -> {
                  time.advanceTo(until);
                  return null;
                }));
  }

  private static TokenCredential credential() {
    return new TokenCredential() {
      @Override
      public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.fromSupplier(() -> getTokenSync(request));
      }

      @Override
      public AccessToken getTokenSync(TokenRequestContext request) {
        boolean forAks = request.getScopes().contains(AKS_SCOPE);
        return new AccessToken(forAks ? TOKEN : "for-azure", OffsetDateTime.now().plusHours(1));
      }
    };
  }
}
