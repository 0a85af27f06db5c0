package dev.rekey.endtoend.functions;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.rekey.endtoend.TestbedControlPlane;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Records;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.simulation.azure.http.arm.ArmService;
import dev.rekey.simulation.azure.http.identity.ManagedIdentityService;
import dev.rekey.simulation.azure.http.vault.VaultService;
import dev.rekey.storage.AzureTable;
import dev.rekey.storage.TableRecords;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.Testbed;
import dev.rekey.testbed.azurite.Azurite;
import dev.rekey.testbed.functionshost.FunctionsHost;
import dev.rekey.testbed.functionshost.HostOptions;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransportProvider;
import dev.rekey.testbed.transport.TransportFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * A subscription with one AKS cluster whose API servers are real, one vault, and storage; and as
 * many instances of the packaged function app as a test starts.
 */
final class AzureWorld implements AutoCloseable {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  static final String OPERATOR_AUDIENCE = "api://rekey";
  static final String ISSUER = "https://login.microsoftonline.com/tenant/v2.0";

  private static final Path PACKAGE = Path.of("target", "azure-functions", "rekey");
  private static final String CLIENT_ID = "11111111-2222-3333-4444-555555555555";
  private static final String IDENTITY_HEADER = "only-in-a-test";
  private static final String AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  final SimulatedVault vault = new SimulatedVault(Clock.systemUTC(), new Random(7));
  final KeyId firstKey = vault.createVersion(KEY);
  final Testbed testbed;
  final SimulatedArm arm;
  final ArmService armService;
  final VaultService vaultService = new VaultService(vault);
  final ClusterName name;
  final Azurite azurite = Azurite.start();
  final Records records;
  private final SimulatedAzureHttp front;
  private final List<FunctionsHost> hosts = new ArrayList<>();

  AzureWorld(int replicas) {
    testbed = Testbed.with(vault).replicas(replicas).key(firstKey.url()).start();
    arm =
        new SimulatedArm(
            Clock.systemUTC(),
            new Random(11),
            vault,
            new TestbedControlPlane(testbed),
            Duration.ofSeconds(1));
    name = arm.add(NewCluster.named("prod").withKey(firstKey));
    new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    arm.setKubeconfig(name, entraKubeconfig());
    armService = new ArmService(arm);
    front = front();
    records =
        new TableRecords(
            AzureTable.open(azurite.tables(), "Rekey", azurite.credential(), azurite.transport()));
    vault.takeEvents();
  }

  private SimulatedAzureHttp front() {
    try {
      ManagedIdentityService identity =
          new ManagedIdentityService(Clock.systemUTC(), CLIENT_ID, IDENTITY_HEADER)
              .give(AKS_SERVER, testbed.rekey().token());
      return new SimulatedAzureHttp()
          .serve(".vault.azure.net", vaultService)
          .serve(ArmService.HOST, armService)
          .serve(ManagedIdentityService.HOST, identity);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As AKS hands it out where the cluster uses Entra: it names a program that isn't here. */
  private String entraKubeconfig() {
    try {
      String text = Files.readString(testbed.kubeconfig());
      return text.replaceFirst(
          "user: \\{token: [^}]*\\}",
          "user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: kubelogin}}");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts an instance of the app; its timers run only when a test says so. */
  FunctionsHost start(HostOptions options) {
    return start(options, Map.of());
  }

  FunctionsHost start(HostOptions options, Map<String, String> otherSettings) {
    Map<String, String> settings = new TreeMap<>(settings());
    settings.putAll(otherSettings);
    HostOptions all =
        options
            .appClassPath(TransportFolder.in(testbed.folder()))
            .storageAccount(Azurite.ACCOUNT, azurite.connectionString())
            .timers(false);
    for (String argument : azurite.trustArguments()) {
      all = all.jvmArgument(argument);
    }
    FunctionsHost host = FunctionsHost.start(PACKAGE, settings, all);
    hosts.add(host);
    return host;
  }

  private Map<String, String> settings() {
    Destinations destinations =
        azurite.with(
            Destinations.none()
                .toSimulation(".vault.azure.net", front.address())
                .toSimulation(ArmService.HOST, front.address()));
    Map<String, String> settings =
        new TreeMap<>(RedirectedTransportProvider.environment(destinations));
    String cluster = arm.body(name).path("id").asText();
    settings.put("REKEY_SCOPES", cluster.substring(0, cluster.indexOf("/providers/")));
    settings.put("REKEY_CENSUS_EVERY", "never");
    settings.put("AzureWebJobsStorage__accountName", Azurite.ACCOUNT);
    settings.put("AzureWebJobsStorage__credential", "managedidentity");
    settings.put("AzureWebJobsStorage__clientId", CLIENT_ID);
    settings.put(
        "IDENTITY_ENDPOINT", front.address() + "/" + ManagedIdentityService.HOST + "/msi/token");
    settings.put("IDENTITY_HEADER", IDENTITY_HEADER);
    settings.put("REKEY_AUTH_AUDIENCE", OPERATOR_AUDIENCE);
    settings.put("REKEY_AUTH_ISSUER", ISSUER);
    settings.put("WEBSITE_AUTH_ENABLED", "True");
    return settings;
  }

  /**
   * Returns once the app has met the cluster, in an earlier second: the vault dates its versions by
   * the second.
   */
  void awaitMet() {
    Await.until(
        "the first meeting",
        PATIENCE,
        () ->
            records
                .ledger(name)
                .map(ledger -> ledger.value().firstSeenAt().plusSeconds(1))
                .filter(later -> later.isBefore(Instant.now()))
                .isPresent(),
        this::state);
  }

  /** The first rotation that is found, once it has ended. */
  Operation awaitRotation() {
    Await.until("a rotation's end", PATIENCE, () -> ended().isPresent(), this::state);
    return ended().orElseThrow();
  }

  Optional<Operation> ended() {
    return records.operations(name).stream().filter(one -> !one.isActive()).findFirst();
  }

  private String state() {
    StringBuilder state = new StringBuilder();
    records.operations(name).forEach(one -> state.append(one.progress()).append('\n'));
    hosts.forEach(host -> host.logs().forEach(line -> state.append(line).append('\n')));
    return state.toString();
  }

  Evidence evidence(Operation operation) {
    return records
        .evidence(name, operation.id())
        .orElseThrow(() -> new AssertionError(state()))
        .evidence();
  }

  /** Fails with all logs unless the operation has completed. */
  void assertCompleted(Operation operation) {
    Ending ending = operation.progress().ending();
    if (ending == null || ending.outcome() != Ending.Outcome.COMPLETED) {
      throw new AssertionError(state());
    }
  }

  /** What raw etcd holds: Secrets by the KMS plugin's name of their key. */
  Map<String, Long> stored() {
    return testbed.etcd().secrets().stream()
        .collect(groupingBy(one -> one.isPlain() ? "plain" : one.keyId(), counting()));
  }

  static String kmsName(KeyId key) {
    return KeyIdHash.kmsKeyId(key);
  }

  @Override
  public void close() {
    hosts.forEach(FunctionsHost::kill);
    front.close();
    testbed.close();
    azurite.close();
  }
}
