package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Writes a kubeconfig that verifies the server and signs in with a token. */
final class Kubeconfig {
  private Kubeconfig() {}

  static Path write(Path folder, String url, Path authority, Account account) {
    try {
      Path file = Files.createTempFile(folder, "kubeconfig-" + account.name() + "-", ".yaml");
      String encoded = Base64.getEncoder().encodeToString(Files.readAllBytes(authority));
      return Files.writeString(file, yaml(url, encoded, account));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String yaml(String url, String authority, Account account) {
    return """
    apiVersion: v1
    kind: Config
    current-context: testbed
    contexts:
      - name: testbed
        context: {cluster: testbed, user: %3$s}
    clusters:
      - name: testbed
        cluster:
          server: %1$s
          certificate-authority-data: %2$s
    users:
      - name: %3$s
        user: {token: %4$s}
    """
        .formatted(url, authority, account.name(), account.token());
  }
}
