package dev.rekey.app.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class AksKubernetesTest {
  private static final ClusterName NAME = new ClusterName("prod-1");

  /** As AKS hands it out where the cluster uses Entra. */
  private static final String ENTRA =
      kubeconfig("exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: kubelogin}");

  /** As AKS hands it out where the cluster has local accounts only. */
  private static final String LOCAL =
      kubeconfig("{client-certificate-data: QQ==, client-key-data: QQ==, token: abc}");

  @Test
  void clusterUsesEntra_ownTokenIsUsedAndNoProgramIsStarted() {
    try (ApiServers servers = kubernetes(ENTRA, false).connect(NAME)) {
      assertThat(servers).isNotNull();
    }
  }

  @Test
  void clusterHandsOutACertificate_isRefusedNamingTheRightsAndTheWayOut() {
    assertThatThrownBy(() -> kubernetes(LOCAL, false).connect(NAME))
        .isInstanceOfSatisfying(
            OutsideFault.class, fault -> assertThat(fault.isMissingRight()).isTrue())
        .hasMessageContaining("prod-1")
        .hasMessageContaining("full rights (system:masters)")
        .hasMessageContaining("or ask somebody");
  }

  @Test
  void certificateIsAllowed_itIsReadAndWhatIsWrongWithItIsSaidWithoutQuotingIt() {
    assertThatThrownBy(() -> kubernetes(LOCAL, true).connect(NAME))
        .isInstanceOfSatisfying(
            OutsideFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.MALFORMED))
        .hasMessageContaining("client certificate")
        .hasMessageNotContaining("QQ==");
  }

  @Test
  void armSendsSomethingElse_isMalformed() {
    assertThatThrownBy(() -> kubernetes("{]", false).connect(NAME))
        .isInstanceOfSatisfying(
            OutsideFault.class,
            fault -> assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.MALFORMED));
  }

  private static AksKubernetes kubernetes(String text, boolean certificateAllowed) {
    return new AksKubernetes(
        name -> text,
        () -> "token",
        new AksLogin(certificateAllowed, "ask somebody", "log in"),
        ConnectionSettings.defaults("test"),
        InstantSource.system());
  }

  private static String kubeconfig(String user) {
    return """
        apiVersion: v1
        kind: Config
        current-context: prod
        contexts:
        - name: prod
          context: {cluster: prod, user: clusterUser_group_prod}
        clusters:
        - name: prod
          cluster: {server: "https://prod.example:443"}
        users:
        - name: clusterUser_group_prod
          user:
            %s
        """
        .formatted(
            user.startsWith("{")
                ? user.substring(1, user.length() - 1).replace(", ", "\n    ")
                : user);
  }
}
