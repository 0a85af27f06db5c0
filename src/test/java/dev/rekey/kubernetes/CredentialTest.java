package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.SETTINGS;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.kubernetes.StubApiServer.Answer;
import dev.rekey.kubernetes.StubApiServer.Received;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a request says who sends it, over a real TLS connection. */
class CredentialTest {
  @TempDir Path folder;

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-24T08:00:00Z"));

  private static Answer page(Received request) {
    return Answer.of(200, text("secrets-page.json"));
  }

  private ApiServers open(String server, String user) throws IOException {
    Path file = Files.writeString(folder.resolve("config"), Fixtures.kubeconfig(server, user));
    return open(Kubeconfig.read(file, null));
  }

  private ApiServers open(Kubeconfig kubeconfig) {
    ClusterName name = kubeconfig.clusterName();
    InstantSource clock = now::get;
    return new KubeconfigKubernetes(name, kubeconfig, SETTINGS, clock).connect(name);
  }

  private static String certificateUser(String keyPem) {
    return "{client-certificate-data: "
        + Identity.base64(Identity.CLIENT.certificatePem())
        + ", client-key-data: "
        + Identity.base64(keyPem)
        + "}";
  }

  @Test
  void aClientCertificateOpensWhatNeedsOne() throws IOException {
    for (String key : new String[] {Identity.CLIENT.keyPem(), Identity.CLIENT.pkcs1KeyPem()}) {
      try (StubApiServer server = new StubApiServer(CredentialTest::page, true);
          ApiServers apiServers = open(server.url(), certificateUser(key))) {
        assertThat(apiServers.listSecrets("a", null).items()).hasSize(2);
      }
    }
  }

  @Test
  void withoutOneItStaysShut() throws IOException {
    try (StubApiServer server = new StubApiServer(CredentialTest::page, true);
        ApiServers apiServers = open(server.url(), "{token: t}")) {
      OutsideFault fault =
          catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null));
      assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
    }
  }

  @Test
  void aServerThatTheAuthorityDoesNotKnowIsNotTalkedTo() throws IOException {
    try (StubApiServer server = new StubApiServer(CredentialTest::page)) {
      String known = Identity.base64(Identity.SERVER.certificatePem());
      String other = Identity.base64(Identity.CLIENT.certificatePem());
      Path file =
          Files.writeString(
              folder.resolve("config"),
              Fixtures.kubeconfig(server.url(), "{token: t}").replace(known, other));
      try (ApiServers apiServers = open(Kubeconfig.read(file, null))) {
        OutsideFault fault =
            catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null));
        assertThat(fault.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(fault).hasMessageContaining("certificate-authority-data");
        assertThat(server.received()).isEmpty();
      }
    }
  }

  @Test
  void anotherNameThanTheCertificatesIsRefusedUnlessTheKubeconfigSaysSo() throws IOException {
    try (StubApiServer server = new StubApiServer(CredentialTest::page)) {
      String text = Fixtures.kubeconfig(server.url(), "{token: t}");
      for (String serverName : new String[] {"localhost", "other.example"}) {
        Path file =
            Files.writeString(
                folder.resolve("config"),
                text.replace(
                    "certificate-authority-data",
                    "tls-server-name: " + serverName + "\n    certificate-authority-data"));
        try (ApiServers apiServers = open(Kubeconfig.read(file, null))) {
          OutsideFault fault =
              catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null));
          assertThat(fault == null).as(serverName).isEqualTo(serverName.equals("localhost"));
        }
      }
    }
  }

  @Test
  void aTokenFileIsReadAgainOnceItMayHaveBeenReplaced() throws IOException {
    Path tokenFile = Files.writeString(folder.resolve("token"), "first\n");
    try (StubApiServer server = new StubApiServer(CredentialTest::page);
        ApiServers apiServers = open(server.url(), "{tokenFile: token}")) {
      apiServers.listSecrets("a", null);
      Files.writeString(tokenFile, "second\n");
      apiServers.listSecrets("a", null);
      now.updateAndGet(then -> then.plus(Duration.ofSeconds(61)));
      apiServers.listSecrets("a", null);
      assertThat(server.received())
          .extracting(request -> request.header("Authorization"))
          .containsExactly("Bearer first", "Bearer first", "Bearer second");

      Files.delete(tokenFile);
      now.updateAndGet(then -> then.plus(Duration.ofSeconds(61)));
      OutsideFault fault =
          catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null));
      assertThat(fault.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(fault).hasMessageContaining(tokenFile.toString());
    }
  }

  @Test
  void aTokenThatIsRefusedIsAskedForAnewOnce() {
    AtomicInteger made = new AtomicInteger();
    Function<Received, Answer> onlySecond =
        request ->
            request.header("Authorization").equals("Bearer t2")
                ? page(request)
                : Answer.of(401, "{}");
    try (StubApiServer server = new StubApiServer(onlySecond);
        ApiServers apiServers =
            open(
                Kubeconfig.withToken(
                    Fixtures.kubeconfig(server.url(), "{}"),
                    "stub",
                    () -> "t" + made.incrementAndGet()))) {
      // A token that has just been made isn't made again, or every 401 would make one.
      assertThat(
              catchThrowableOfType(OutsideFault.class, () -> apiServers.listSecrets("a", null))
                  .kind())
          .isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(made).hasValue(1);

      now.updateAndGet(then -> then.plus(Duration.ofSeconds(11)));
      assertThat(apiServers.listSecrets("a", null).items()).hasSize(2);
      assertThat(made).hasValue(2);
    }
  }

  private String plugin(String script) throws IOException {
    Path file = Files.writeString(folder.resolve("plugin.sh"), "#!/bin/sh\n" + script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    return "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: ./plugin.sh}}";
  }

  private static String credential(String status) {
    return "echo run >> "
        + "$(dirname $0)/runs\necho '{\"apiVersion\":\"client.authentication.k8s.io/v1beta1\",\"kind\":\"ExecCredential\",\"status\":"
        + status
        + "}'\n";
  }

  @Test
  void aPluginsTokenIsUsedAndAskedForAnewAfterTenMinutes() throws IOException {
    try (StubApiServer server = new StubApiServer(CredentialTest::page);
        ApiServers apiServers =
            open(server.url(), plugin(credential("{\"token\":\"from-plugin\"}")))) {
      apiServers.listSecrets("a", null);
      apiServers.listSecrets("a", null);
      assertThat(folder.resolve("runs")).hasContent("run\n");
      now.updateAndGet(then -> then.plus(Duration.ofMinutes(11)));
      apiServers.listSecrets("a", null);

      assertThat(folder.resolve("runs")).hasContent("run\nrun\n");
      assertThat(server.received())
          .extracting(request -> request.header("Authorization"))
          .containsOnly("Bearer from-plugin");
    }
  }

  @Test
  void aPluginsCertificateIsUsed() throws IOException {
    String status =
        "{\"clientCertificateData\":\""
            + Identity.CLIENT.certificatePem().replace("\n", "\\\\n")
            + "\",\"clientKeyData\":\""
            + Identity.CLIENT.keyPem().replace("\n", "\\\\n")
            + "\"}";
    try (StubApiServer server = new StubApiServer(CredentialTest::page, true);
        ApiServers apiServers = open(server.url(), plugin(credential(status)))) {
      assertThat(apiServers.listSecrets("a", null).items()).hasSize(2);
    }
  }

  @Test
  void aPluginThatYieldsNothingOfUseIsAFaultThatQuotesNothing() throws IOException {
    for (String script :
        new String[] {
          "exit 3",
          "echo " + Fixtures.CANARY,
          "echo '[\"" + Fixtures.CANARY + "\"]'",
          credential("{}")
        }) {
      String user = plugin(script);
      OutsideFault fault =
          catchThrowableOfType(OutsideFault.class, () -> open("https://127.0.0.1:1", user));
      assertThat(fault.kind()).as(script).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(fault)
          .hasMessageContaining("plugin.sh")
          .hasMessageContaining("--context here")
          .hasMessageNotContaining(Fixtures.CANARY);
    }
  }

  @Test
  void anotherClusterThanTheKubeconfigsIsNotLookedForThere() {
    Kubeconfig kubeconfig =
        Kubeconfig.withToken(Fixtures.kubeconfig("https://127.0.0.1:1", "{}"), "stub", () -> "t");
    KubeconfigKubernetes kubernetes =
        new KubeconfigKubernetes(
            new ClusterName("mine"), kubeconfig, SETTINGS, InstantSource.system());

    OutsideFault fault =
        catchThrowableOfType(
            OutsideFault.class, () -> kubernetes.connect(new ClusterName("other")));

    assertThat(fault.kind()).isEqualTo(Kind.NOT_FOUND);
  }
}
