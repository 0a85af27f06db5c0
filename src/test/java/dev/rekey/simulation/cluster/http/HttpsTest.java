package dev.rekey.simulation.cluster.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.TestVault;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.time.VirtualTime;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Instant;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpsTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void givenACertificateItSpeaksHttps() throws Exception {
    SSLContext tls = selfSigned();
    VirtualTime time = new VirtualTime(Instant.parse("2026-03-01T00:00:00Z"));
    SimulatedCluster cluster =
        new SimulatedCluster(
            ClusterShape.encrypting(EncryptionConfiguration.off()), new TestVault(), time, 1);
    cluster.start();

    try (SimulatedApiServerHttp server = new SimulatedApiServerHttp(cluster, time, "token", tls)) {
      HttpClient client = HttpClient.newBuilder().sslContext(tls).build();
      HttpRequest request = HttpRequest.newBuilder(server.address().resolve("/readyz")).build();

      assertThat(server.address().getScheme()).isEqualTo("https");
      assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body()).isEqualTo("ok");
    }
  }

  private SSLContext selfSigned() throws Exception {
    Path file = folder.resolve("keys.p12");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    Process process =
        new ProcessBuilder(
                keytool,
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-storepass",
                String.valueOf(PASSWORD),
                "-keystore",
                file.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(process.waitFor()).isZero();
    KeyStore store = KeyStore.getInstance(file.toFile(), PASSWORD);
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
