package dev.rekey.preflight;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.aks.ArmClusters;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.keyvault.KeyVaultKeys;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.Ports;
import dev.rekey.service.RunPreflight;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.simulation.azure.ArmNeighbours;
import dev.rekey.simulation.azure.ControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.RoleBook;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.simulation.azure.http.arm.ArmService;
import dev.rekey.simulation.azure.http.vault.VaultService;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** A cluster with all that belongs to it, sound until a test breaks something. */
final class PreflightWorld implements AutoCloseable {
  static final String GROUP =
      "/subscriptions/00000000-0000-0000-0000-0000000000a1/resourceGroups/rg1";
  static final String SUBNET =
      GROUP + "/providers/Microsoft.Network/virtualNetworks/net/subnets/nodes";
  static final String PRINCIPAL = "00000000-0000-0000-0000-000000000003";
  static final String VAULT_HOST = "sample-kv.vault.azure.net";
  static final String KMS = "/properties/securityProfile/azureKeyVaultKms";
  static final VaultKey KEY = new VaultKey(VAULT_HOST, "secrets");

  final VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T10:00:00Z"));
  private final Random random = new Random(1);
  final SimulatedVault vault = new SimulatedVault(time, random);
  final SimulatedArm arm =
      new SimulatedArm(time, random, vault, new RolledAtOnce(), Duration.ofMinutes(5));
  final ArmNeighbours neighbours = arm.neighbours();
  final RoleBook roles = neighbours.roles();

  /** The previous slot, the current one, and the version to come. */
  final KeyId zeroth = vault.createVersion(KEY);

  final KeyId first = vault.createVersion(KEY);
  final KeyId second = vault.createVersion(KEY);
  final ClusterName prod = arm.add(NewCluster.in(GROUP, "prod").withKey(first));
  final String clusterId = arm.body(prod).path("id").asText();
  final String identityId =
      GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/control-plane";
  final String vaultId;
  final String scaleSetId =
      UsualNeighbours.scaleSet(GROUP.substring(0, GROUP.lastIndexOf('/')) + "/MC_prod", "pool");

  Change change = new Change(KmsSettings.of(first), KmsSettings.of(second), zeroth);
  OutsideFault.Kind apiServerFault;
  boolean armSilent;
  UnaryOperator<AzureAnswer> armAnswers = UnaryOperator.identity();
  private String edited = "";
  private int secrets = 10;

  /** Whatever a test does to the other: these API servers are well. */
  private final SimulatedVault apiServersVault = new SimulatedVault(time, new Random(2));

  private final KeyId ofApiServers = apiServersVault.createVersion(KEY);
  private final SimulatedAzureHttp front;
  private final ArmService armService = new ArmService(arm);
  final ArmClusters clusters;
  private final KeyVaultKeys keys;

  PreflightWorld() {
    arm.changedByAnother(
        prod,
        body ->
            ((ObjectNode) body.at("/properties/agentPoolProfiles/0")).put("vnetSubnetID", SUBNET));
    vaultId = new UsualNeighbours(neighbours).around(arm.body(prod), "sample-kv");
    try {
      front = new SimulatedAzureHttp();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    front
        .serve(ArmService.HOST, this::armAnswer)
        .serve(".vault.azure.net", new VaultService(vault));
    HttpClient http =
        new RedirectedTransport(
            HttpClient.createDefault(), Destinations.none().toSimulation("", front.address()));
    TokenCredential credential =
        request -> Mono.just(new AccessToken("token", OffsetDateTime.now().plusHours(1)));
    clusters = ArmClusters.open(List.of(clusterId), Cloud.PUBLIC, credential, http, "rekey-test");
    keys = KeyVaultKeys.open(credential, http, Cloud.PUBLIC, "rekey-test");
  }

  private AzureAnswer armAnswer(AzureRequest request) {
    if (armSilent) {
      throw new IllegalStateException("nobody is there"); // the connection closes
    }
    AzureAnswer answer = armService.answer(request);
    return request.path().contains(edited) && isOf(request.path())
        ? armAnswers.apply(answer)
        : answer;
  }

  /** The resource itself, or the list, and not what is asked for below it. */
  private boolean isOf(String path) {
    return edited.isEmpty()
        || path.endsWith(edited)
        || (edited.equals("roleDefinitions") && path.contains("/roleDefinitions/"))
        || (edited.equals("subscriptions") && path.matches("/subscriptions/[^/]+"));
  }

  /** Changes the answers to requests whose path ends so. */
  void armAnswersOf(String resource, UnaryOperator<AzureAnswer> change) {
    edited = resource;
    armAnswers = change;
  }

  ClusterSide clusterSide() {
    return clusters.surroundings().cluster(prod);
  }

  VaultSide vaultSide() {
    return clusters.surroundings().vault(prod, VAULT_HOST, null, List.of(PRINCIPAL));
  }

  /** The same cluster with a private vault that is attached already. */
  PreflightWorld privately() {
    cluster(
        body -> {
          body.withObject(KMS)
              .put("keyVaultNetworkAccess", "Private")
              .put("keyVaultResourceId", vaultId);
          body.withObject("/properties/apiServerAccessProfile").put("enableVnetIntegration", true);
        });
    vaultResource(
        body -> {
          ObjectNode properties =
              body.withObject("/properties").put("publicNetworkAccess", "Disabled");
          ObjectNode connection =
              properties.putArray("privateEndpointConnections").addObject().putObject("properties");
          connection
              .putObject("privateEndpoint")
              .put("id", GROUP + "/providers/Microsoft.Network/privateEndpoints/kms");
          connection.putObject("privateLinkServiceConnectionState").put("status", "Approved");
        });
    change =
        new Change(
            KmsSettings.ofPrivate(first, vaultId), KmsSettings.ofPrivate(second, vaultId), zeroth);
    return this;
  }

  /** The key to come lies in another vault. */
  PreflightWorld toAnotherVault() {
    VaultKey other = new VaultKey("other-kv.vault.azure.net", "secrets");
    new UsualNeighbours(neighbours).around(arm.body(prod), "other-kv");
    to(KmsSettings.of(vault.createVersion(other)));
    return this;
  }

  /** KMS is off, the vault still closed; it will be opened before KMS is turned on again. */
  PreflightWorld halfWayToAPublicVault() {
    cluster(body -> body.withObject(KMS).put("enabled", false));
    vaultResource(body -> body.withObject("/properties").put("publicNetworkAccess", "Disabled"));
    change = new Change(KmsSettings.OFF, KmsSettings.of(first), null, true);
    return this;
  }

  void to(KmsSettings settings) {
    change = new Change(change.from(), settings, change.previous());
  }

  void cluster(Consumer<ObjectNode> broken) {
    arm.changedByAnother(prod, broken);
  }

  void vaultResource(Consumer<ObjectNode> broken) {
    neighbours.change(vaultId, broken);
  }

  void manySecrets() {
    secrets = 2_001;
  }

  Map<String, Finding> findings() {
    return findings(clusters.surroundings());
  }

  /** The same without HTTP between, as the simulation has it. */
  Map<String, Finding> findingsInProcess() {
    return findings(new SilencedSurroundings());
  }

  private Map<String, Finding> findings(ClusterSurroundings surroundings) {
    return new RunPreflight(ports(surroundings))
        .findings(prod, List.of(change)).stream()
            .collect(Collectors.toMap(Finding::check, Function.identity()));
  }

  Finding finding(String check) {
    return findings().get(check);
  }

  private Ports ports(ClusterSurroundings surroundings) {
    return new Ports(null, surroundings, keys, any -> connect(), null, null, null, null, time);
  }

  private ApiServers connect() {
    if (apiServerFault != null) {
      throw new OutsideFault(OutsideSystem.API_SERVER, apiServerFault, "the API server says so");
    }
    SimulatedCluster cluster =
        new SimulatedCluster(
                ClusterShape.encrypting(EncryptionConfiguration.encrypted(ofApiServers.url())),
                apiServersVault,
                time,
                1)
            .seed(SecretBatch.of(secrets, 2))
            .start();
    return new SimulatedApiServers(cluster);
  }

  @Override
  public void close() {
    front.close();
  }

  private static final class RolledAtOnce implements ControlPlane {
    @Override
    public void roll(ClusterName cluster, KeyId keyId) {}

    @Override
    public void upgrade(ClusterName cluster, String version) {}

    @Override
    public boolean hasRolled(ClusterName cluster) {
      return true;
    }
  }

  /** Those of the simulation, from an ARM that may be silent. */
  private final class SilencedSurroundings implements ClusterSurroundings {
    @Override
    public ClusterSide cluster(ClusterName cluster) {
      if (armSilent) {
        throw new OutsideFault(OutsideSystem.ARM, OutsideFault.Kind.UNREACHABLE, "ARM is silent");
      }
      return arm.surroundings().cluster(cluster);
    }

    @Override
    public VaultSide vault(
        ClusterName cluster, String host, String resourceId, List<String> principals) {
      return arm.surroundings().vault(cluster, host, resourceId, principals);
    }
  }
}
