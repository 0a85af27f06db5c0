package dev.rekey.kubernetes;

import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;

/** Real answers of kube-apiserver 1.36.3, and what several tests need. */
final class Fixtures {
  /** Stands for a Secret's value. It must never come out of this room. */
  static final String CANARY = "CANARY-7f3a";

  static final ConnectionSettings SETTINGS =
      new ConnectionSettings(
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          "rekey/test");

  private Fixtures() {}

  static String text(String name) {
    try (InputStream in = Fixtures.class.getResourceAsStream("/kubernetes/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What answers an empty patch of this Secret. */
  static String patched(String name) {
    return text("patch-200.json").replace("\"s1\"", "\"" + name + "\"");
  }

  static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  static SecretRef secret(String name) {
    return new SecretRef("default", name, "1");
  }

  static String kubeconfig(String server, String user) {
    return """
        apiVersion: v1
        kind: Config
        current-context: here
        contexts:
        - name: here
          context: {cluster: Stub_Cluster, user: someone}
        clusters:
        - name: Stub_Cluster
          cluster:
            server: %s
            certificate-authority-data: %s
        users:
        - name: someone
          user: %s
        """
        .formatted(server, Identity.base64(Identity.SERVER.certificatePem()), user);
  }

  static ApiServers connect(StubApiServer server) {
    return connect(server.url(), SETTINGS);
  }

  static ApiServers connect(String url, ConnectionSettings settings) {
    Kubeconfig kubeconfig = Kubeconfig.withToken(kubeconfig(url, "{}"), "stub", () -> "token-1");
    ClusterName name = kubeconfig.clusterName();
    return new KubeconfigKubernetes(name, kubeconfig, settings, InstantSource.system())
        .connect(name);
  }
}
