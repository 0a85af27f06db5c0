package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.operation.ClusterName;
import org.junit.jupiter.api.Test;

/** Whether a person's kubeconfig leads to the cluster that Azure knows. */
class SameClusterTest {
  private static final ClusterName PROD = new ClusterName("prod-1");
  private static final String ADDRESS = "https://prod.example:443";
  private static final String TUNNEL = "https://127.0.0.1:8443";
  private static final String AUTHORITY = Identity.base64(Identity.SERVER.certificatePem());
  private static final String OTHER_AUTHORITY = Identity.base64(Identity.CLIENT.certificatePem());

  private final Kubeconfig handedOut = kubeconfig(ADDRESS, authority(AUTHORITY));

  @Test
  void sameAuthorityAtAnotherAddress_isTheSame() {
    assertSame(kubeconfig(TUNNEL, authority(AUTHORITY)));
  }

  @Test
  void sameAddressWithAnotherAuthority_isAnother() {
    assertAnother(kubeconfig(ADDRESS, authority(OTHER_AUTHORITY)));
  }

  @Test
  void nobodyLooksAtCertificates_theAddressDecides() {
    String unchecked = authority(AUTHORITY) + ", insecure-skip-tls-verify: true";

    assertAnother(kubeconfig(TUNNEL, unchecked));
    assertSame(kubeconfig(ADDRESS, unchecked));
  }

  @Test
  void noAuthorityIsNamed_theAddressDecides() {
    assertAnother(kubeconfig(TUNNEL, ""));
    assertAnother(kubeconfig("https://prod.example:8443", ""));
    assertSame(kubeconfig(ADDRESS, ""));
  }

  private void assertSame(Kubeconfig own) {
    assertThatCode(() -> own.requireSameClusterAs(handedOut, PROD)).doesNotThrowAnyException();
  }

  private void assertAnother(Kubeconfig own) {
    assertThatThrownBy(() -> own.requireSameClusterAs(handedOut, PROD))
        .isInstanceOf(InvalidKubeconfig.class)
        .hasMessageContaining(own.host())
        .hasMessageContaining("is not the cluster prod-1")
        .hasMessageContaining("--context");
  }

  private static String authority(String base64) {
    return ", certificate-authority-data: " + base64;
  }

  private static Kubeconfig kubeconfig(String server, String more) {
    String text =
        """
        apiVersion: v1
        kind: Config
        current-context: prod
        contexts: [{name: prod, context: {cluster: prod, user: somebody}}]
        clusters: [{name: prod, cluster: {server: "%s"%s}}]
        users: [{name: somebody, user: {token: abc}}]
        """
            .formatted(server, more);
    return Kubeconfig.ofText(text, "a kubeconfig");
  }
}
