package dev.rekey.testbed.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.VaultKey;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.http.SimulatedAzureHttp;
import dev.rekey.simulation.azure.http.identity.ManagedIdentityService;
import dev.rekey.simulation.azure.http.vault.VaultService;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production code in a process of its own is led here by its environment alone. */
class RedirectedTransportProviderTest {
  private static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final String CLIENT_ID = "00000000-0000-0000-0000-00000000000c";
  private static final String HEADER = "853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a";

  @TempDir private Path folder;

  private final SimulatedVault world = new SimulatedVault(InstantSource.system(), new Random(3));
  private final VaultService service = new VaultService(world);
  private final ManagedIdentityService identity =
      new ManagedIdentityService(InstantSource.system(), CLIENT_ID, HEADER);
  private final SimulatedAzureHttp front = new SimulatedAzureHttp();

  RedirectedTransportProviderTest() throws IOException {
    front.serve(".vault.azure.net", service).serve(ManagedIdentityService.HOST, identity);
  }

  @AfterEach
  void stop() {
    front.close();
  }

  @Test
  void childRotatesAKey_theSimulatedVaultMakesTheVersionForTheIdentitysToken() throws Exception {
    world.createVersion(KEY);

    List<String> printed = child(KEY.vaultHost());

    assertThat(printed).hasSize(2);
    assertThat(printed.get(0)).startsWith(KEY + "/");
    assertThat(world.peek(printed.get(0))).isPresent();
    assertThat(printed.get(1)).isEqualTo("2");
    assertThat(world.calls().rotations()).isEqualTo(1);
    assertThat(identity.resources()).containsOnly("https://vault.azure.net");
  }

  @Test
  void childAsksAHostWithoutADestination_isRefusedLoudly() throws Exception {
    front.close();

    assertThat(String.join("\n", child("elsewhere.vault.azure.net", Destinations.none())))
        .contains("no test may reach elsewhere.vault.azure.net");
  }

  private List<String> child(String vaultHost) throws Exception {
    Destinations here = Destinations.none().toSimulation(".vault.azure.net", front.address());
    return child(vaultHost, here);
  }

  private List<String> child(String vaultHost, Destinations destinations) throws Exception {
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                RedirectedTransportProvider.classPath(folder),
                VaultInChild.class.getName(),
                vaultHost,
                KEY.name(),
                CLIENT_ID)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    Map<String, String> environment = builder.environment();
    environment.putAll(RedirectedTransportProvider.environment(destinations));
    environment.put(
        "IDENTITY_ENDPOINT", front.address() + "/" + ManagedIdentityService.HOST + "/msi/token");
    environment.put("IDENTITY_HEADER", HEADER);
    Process process = builder.start();
    try {
      process.waitFor();
      return Files.readAllLines(output);
    } finally {
      process.destroyForcibly();
    }
  }
}
