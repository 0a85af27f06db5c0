package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.testbed.ServingCertificate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command about a cluster in Azure doesn't do, and what it says of it. */
class AzureCommandsRefuseTest {
  @TempDir private Path folder;
  private AzureOnThisMachine world;

  @BeforeEach
  void start() throws Exception {
    world = new AzureOnThisMachine(folder, true);
  }

  @AfterEach
  void nothingWasChanged() {
    assertThat(world.arm.acceptedUpdates()).isEmpty();
    assertThat(world.cluster.oracle().under(world.first.url()))
        .isEqualTo(AzureOnThisMachine.SECRETS);
    world.close();
  }

  @Test
  void nothingNewerToRotateTo_refusedWithTheRemedy() {
    assertRefused(world.type("rotate"), "no-newer-version", "make a new version of the key");
  }

  @Test
  void otherVersionInUseThanExpected_refused() {
    KeyId second = world.vault.createVersion(AzureOnThisMachine.KEY);

    assertRefused(world.type("rotate", "--expect", second.url()), "other-key-in-use");
  }

  @Test
  void vaultInUseByAnotherWay_refusedNamingTheCommandForIt() {
    world.vault.createVersion(AzureOnThisMachine.KEY);
    String[] line = {"--network-access", "private", "--key-vault-resource-id", world.vaultId};

    assertRefused(world.type("rotate", line), "vault-attached", "change-vault-access");
  }

  @Test
  void clusterIsOnlyObserved_refusedNamingTheTag() {
    world.arm.changedByAnother(
        world.name, body -> body.withObject("/tags").put("rekey-mode", "observe"));

    assertRefused(world.type("disable"), "observe-only", "rekey-mode");
  }

  @Test
  void noSuchCluster_refused() {
    CommandLineRun run =
        world.typeLine(
            "disable",
            "--yes",
            "--cluster",
            world.clusterId + "-other",
            "--records",
            folder.resolve("records").toString());

    assertRefused(run, "unknown-cluster");
  }

  @Test
  void rightToReadTheClusterIsMissing_refusedNamingIt() {
    world.arm.forbid("Microsoft.ContainerService/managedClusters/read", true);

    assertRefused(world.type("disable"), "Microsoft.ContainerService/managedClusters/read");
  }

  @Test
  void clusterHandsOutACertificate_refusedNamingTheKubeconfigOption() throws Exception {
    world.arm.setKubeconfig(
        world.name,
        world.kubeconfig("client-certificate-data: QQ==, client-key-data: QQ==, token: abc"));

    assertRefused(world.type("disable"), "full rights (system:masters)", "--kubeconfig");
  }

  @Test
  void kubeconfigLeadsToAnotherCluster_usageErrorBeforeAnythingIsRecorded() throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    ServingCertificate other = ServingCertificate.generate(elsewhere);
    String authority =
        Base64.getEncoder().encodeToString(Files.readAllBytes(other.certificateFile()));
    String text =
        world
            .ownKubeconfig()
            .replaceFirst("authority-data: [^}]*}", "authority-data: " + authority + "}");

    CommandLineRun run = world.type("disable", "--kubeconfig", write(text));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("is not the cluster " + world.name, "--context");
    assertThat(world.records().operations(world.name)).isEmpty();
  }

  @Test
  void nobodyCanBeAsked_refusedBeforeAzureIsAsked() {
    CommandLineRun run = world.typeLine("disable", "--cluster", world.clusterId);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--yes: expected it where input or output is no terminal");
    assertThat(world.transport.requests()).isEmpty();
  }

  @Test
  void manyBadOptions_eachIsNamedWithItsFormAtOnce() {
    CommandLineRun run =
        world.typeLine(
            "rotate",
            "--cluster",
            "prod",
            "--cloud",
            "mars",
            "--to",
            "v2",
            "--expect",
            "https://example.vault.azure.net/keys/etcd",
            "--network-access",
            "maybe",
            "--key-vault-resource-id",
            "kv",
            "--in-flight",
            "0",
            "--context",
            "prod",
            "--reason",
            "");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--cluster prod: expected the ARM id", "az aks show")
        .contains("--cloud mars: expected one of public, china, us-government")
        .contains("--to v2: expected https://<vault>.vault.azure.net/keys/<name>/<version>")
        .contains("--expect https://example", "--network-access maybe: expected public or private")
        .contains("--key-vault-resource-id kv", "--in-flight 0", "--context: expected --kubeconfig")
        .contains("--reason: expected one line", "--yes: expected")
        .doesNotContain("Exception", "\tat ");
    assertThat(world.transport.requests()).isEmpty();
  }

  @Test
  void whatAKindNeedsIsMissing_itIsNamed() {
    assertUsage(world.type("enable"), "--key: expected the key version");
    assertUsage(world.type("change-vault-access"), "--network-access: expected public or private");
    assertUsage(
        world.type("change-vault-access", "--network-access", "private"),
        "--key-vault-resource-id: expected the vault's ARM id");
    assertUsage(
        world.type(
            "change-vault-access",
            "--network-access",
            "public",
            "--key-vault-resource-id",
            world.vaultId),
        "--key-vault-resource-id: expected --network-access private beside it");
  }

  private static void assertUsage(CommandLineRun run, String problem) {
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(problem);
  }

  private static void assertRefused(CommandLineRun run, String... words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(4);
    assertThat(run.err()).contains(words).doesNotContain("\tat ");
  }

  private String write(String kubeconfig) throws Exception {
    return Files.writeString(folder.resolve("kubeconfig"), kubeconfig).toString();
  }
}
