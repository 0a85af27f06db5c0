package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Each wrong input gives one message that names the thing and the remedy, an exit code, and no
 * stack trace.
 */
class BadInputTest {
  @TempDir private Path folder;

  @Test
  void nothingTyped_helpIsShown() {
    CommandLineRun run = CommandLineRun.of();

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("census", "reencrypt", "simulate", "Exit codes");
  }

  @Test
  void recordsFolderCanNotBeWritten_usageErrorNamesItAndTheRemedy() throws Exception {
    Path file = Files.writeString(folder.resolve("config"), kubeconfig(1));
    Path inTheWay = Files.writeString(folder.resolve("a-file"), "");

    CommandLineRun run =
        CommandLineRun.of(
            "census",
            "--kubeconfig",
            file.toString(),
            "--records",
            inTheWay.resolve("records").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("a-file/records", "--records").doesNotContain("\tat ");
  }

  @Test
  void recordsFolderIsMade_nobodyElseMayLookIntoIt() throws Exception {
    census(Files.writeString(folder.resolve("config"), kubeconfig(1)));

    assertThat(Files.getPosixFilePermissions(folder.resolve("records")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "soon", "-PT5M", "0s", "", "99999999999999999999h"})
  void patienceIsNoTime_usageErrorShowsTheForm(String patience) {
    CommandLineRun run = CommandLineRun.of("reencrypt", "--patience", patience);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("'" + patience + "'", "such as 30m, 1h30m or PT30M");
    assertThat(run.err()).doesNotContain("Exception");
  }

  @Test
  void kubeconfigMissing_messageNamesTheFileAndWhatToType() {
    CommandLineRun run = census(folder.resolve("nowhere"));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("nowhere").doesNotContain("\tat ");
  }

  @Test
  void kubeconfigNotYaml_messageDoesNotQuoteIt() throws Exception {
    Path file = Files.writeString(folder.resolve("config"), "{{{ token: hunter2");

    CommandLineRun run = census(file);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("config").doesNotContain("hunter2", "\tat ");
  }

  @Test
  void apiServerUnreachable_oneMessageNamesTheHost() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path file = Files.writeString(folder.resolve("config"), kubeconfig(port));

    CommandLineRun run = census(file);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains("127.0.0.1").doesNotContain("\tat ", "Exception");
  }

  @Test
  void inFlightOutOfRange_usageErrorNamesTheRange() throws Exception {
    Path file = Files.writeString(folder.resolve("config"), kubeconfig(1));

    CommandLineRun run =
        CommandLineRun.of("census", "--kubeconfig", file.toString(), "--in-flight", "0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--in-flight 0", "1 to 500");
  }

  @Test
  void unknownCommand_usageError() {
    assertThat(CommandLineRun.of("rotat").exitCode()).isEqualTo(2);
  }

  private CommandLineRun census(Path kubeconfig) {
    return CommandLineRun.of(
        "census",
        "--kubeconfig",
        kubeconfig.toString(),
        "--records",
        folder.resolve("records").toString());
  }

  private static String kubeconfig(int port) {
    return """
        apiVersion: v1
        kind: Config
        current-context: c
        contexts: [{name: c, context: {cluster: k, user: u}}]
        clusters: [{name: k, cluster: {server: "https://127.0.0.1:%d"}}]
        users: [{name: u, user: {token: abc}}]
        """
        .formatted(port);
  }
}
