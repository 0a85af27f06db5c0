package dev.rekey.endtoend.commandline;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import dev.rekey.endtoend.TestbedControlPlane;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.simulation.azure.http.arm.ArmService;
import dev.rekey.simulation.azure.http.identity.ManagedIdentityService;
import dev.rekey.simulation.azure.http.vault.VaultService;
import dev.rekey.testbed.ChildProcess;
import dev.rekey.testbed.Testbed;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransportProvider;
import dev.rekey.testbed.transport.TransportFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * {@code target/rekey} as somebody types its commands on a machine with an identity: the process
 * holds production code alone, and Azure's own clients find our transport and the identity by their
 * environment. Behind them a simulated Azure over HTTP, and real API servers.
 */
final class TypedInAzure implements AutoCloseable {
  private static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final String CLIENT_ID = "11111111-2222-3333-4444-555555555555";
  private static final String IDENTITY_HEADER = "only-in-a-test";
  private static final String AKS_SERVER = "6dae42f8-4368-4678-94ff-3960e28e3630";

  final SimulatedVault vault = new SimulatedVault(Clock.systemUTC(), new Random(7));
  final KeyId key = vault.createVersion(KEY);
  final Testbed testbed;
  final SimulatedArm arm;
  final ClusterName name;
  private final String clusterId;
  private final SimulatedAzureHttp front;
  private int logs;

  /** With KMS on. */
  TypedInAzure(int replicas) throws IOException {
    testbed = Testbed.with(vault).replicas(replicas).key(key.url()).start();
    arm =
        new SimulatedArm(
            Clock.systemUTC(),
            new Random(11),
            vault,
            new TestbedControlPlane(testbed),
            Duration.ofSeconds(1));
    NewCluster cluster = NewCluster.named("prod").withKey(key);
    name = arm.add(cluster);
    new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    clusterId = cluster.resourceId();
    arm.setKubeconfig(name, entraKubeconfig());
    front =
        new SimulatedAzureHttp()
            .serve(".vault.azure.net", new VaultService(vault))
            .serve(ArmService.HOST, new ArmService(arm))
            .serve(
                ManagedIdentityService.HOST,
                new ManagedIdentityService(Clock.systemUTC(), CLIENT_ID, IDENTITY_HEADER)
                    .give(AKS_SERVER, testbed.rekey().token()));
  }

  /** As AKS hands it out where the cluster uses Entra: it names a program that isn't here. */
  private String entraKubeconfig() throws IOException {
    return Files.readString(testbed.kubeconfig())
        .replaceFirst(
            "user: \\{token: [^}]*\\}",
            "user: {exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: kubelogin}}");
  }

  /** A command that has been typed, and all that it says. */
  record Typed(ChildProcess process, Path log) {
    String said() {
      try {
        return Files.readString(log);
      } catch (IOException gone) {
        return "";
      }
    }
  }

  /** Types a command about the cluster, with nobody to be asked. */
  Typed type(String verb, String... options) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    line.addAll(
        List.of(
            "-cp",
            TransportFolder.in(testbed.folder())
                + File.pathSeparator
                + Path.of("target", "rekey", "lib").toAbsolutePath()
                + "/*"));
    line.addAll(List.of("dev.rekey.cli.Rekey", verb, "--cluster", clusterId));
    line.addAll(List.of("--records", testbed.folder().resolve("records").toString()));
    line.addAll(List.of(options));
    Path log = testbed.folder().resolve("typed-" + ++logs + ".log");
    return new Typed(ChildProcess.start(line, environment(), log), log);
  }

  private Map<String, String> environment() {
    Destinations here =
        Destinations.none()
            .toSimulation(".vault.azure.net", front.address())
            .toSimulation(ArmService.HOST, front.address());
    Map<String, String> environment = new TreeMap<>(RedirectedTransportProvider.environment(here));
    environment.put("PATH", System.getenv("PATH"));
    environment.put("AZURE_CLIENT_ID", CLIENT_ID);
    environment.put(
        "IDENTITY_ENDPOINT", front.address() + "/" + ManagedIdentityService.HOST + "/msi/token");
    environment.put("IDENTITY_HEADER", IDENTITY_HEADER);
    return environment;
  }

  /** What raw etcd holds: Secrets under the key, and plain ones. */
  Map<String, Long> stored() {
    Map<String, String> names = Map.of(KeyIdHash.kmsKeyId(key), "key");
    return testbed.etcd().secrets().stream()
        .collect(
            groupingBy(
                one -> one.isPlain() ? "plain" : names.getOrDefault(one.keyId(), "another"),
                counting()));
  }

  @Override
  public void close() {
    front.close();
    testbed.close();
  }
}
