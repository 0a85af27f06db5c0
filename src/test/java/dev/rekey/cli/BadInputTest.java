package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void noKubeconfigNamed_usageError() {
    CommandLineRun run = CommandLineRun.of("census");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--kubeconfig");
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
