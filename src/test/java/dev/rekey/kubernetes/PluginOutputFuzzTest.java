package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.service.port.OutsideFault;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whatever a credential plugin prints: here {@code cat}, which prints the input. */
class PluginOutputFuzzTest {

  @FuzzTest
  void anyOutput_isACredentialOrNone(byte[] output) throws IOException {
    Path file = Files.createTempFile("rekey-plugin", ".json");
    try {
      Files.write(file, output);
      run(file);
    } finally {
      Files.delete(file);
    }
  }

  private static void run(Path output) {
    try {
      Credential credential =
          new PluginRun(new Credential.Plugin("cat"), kubeconfig(output), "of a test").first();
      if (credential instanceof Credential.Token token) {
        assertThat(BearerTokens.isToken(token.source.token().strip())).isTrue();
      }
    } catch (OutsideFault refused) {
      Canary.notIn(refused);
    } catch (IOException unavailable) {
      Canary.notIn(unavailable);
    }
  }

  private static KubeConfig kubeconfig(Path output) {
    return KubeConfig.loadKubeConfig(
        new StringReader(
            """
            apiVersion: v1
            kind: Config
            current-context: here
            contexts:
            - name: here
              context: {cluster: one, user: someone}
            clusters:
            - name: one
              cluster: {server: "https://127.0.0.1:1"}
            users:
            - name: someone
              user:
                exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: cat, args: ["%s"]}
            """
                .formatted(output)));
  }
}
