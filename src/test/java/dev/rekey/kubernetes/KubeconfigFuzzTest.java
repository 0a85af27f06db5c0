package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** What AKS hands out. Its names are shown, so nothing is said here of what messages hold. */
class KubeconfigFuzzTest {

  @FuzzTest
  void anyText_isAKubeconfigOrRefused(byte[] input) {
    String text = new String(input, StandardCharsets.UTF_8);
    try {
      Kubeconfig read = Kubeconfig.withToken(text, "of AKS", () -> "token");
      assertThat(read.host()).isNotEmpty();
      assertThat(read.distinctName().value()).isNotEmpty();
      assertThat(read.clusterName().value()).isNotEmpty();
    } catch (InvalidKubeconfig refused) {
      assertThat(refused).hasMessageContaining("of AKS");
    }
    try {
      Kubeconfig.handsOutCertificate(text, "of AKS");
    } catch (InvalidKubeconfig refused) {
      assertThat(refused).hasMessageContaining("of AKS");
    }
  }
}
