package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.CANARY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.operation.ClusterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {
  private static final String SERVER = "https://example.test:443";
  private static final String TOKEN = "{token: " + CANARY + "}";

  @TempDir Path folder;

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("config"), text);
  }

  private InvalidKubeconfig refused(String text, String context) throws IOException {
    return refused(write(text), context);
  }

  private static InvalidKubeconfig refused(Path file, String context) {
    InvalidKubeconfig refusal =
        catchThrowableOfType(InvalidKubeconfig.class, () -> Kubeconfig.read(file, context));
    assertThat(refusal)
        .isNotNull()
        .hasMessageNotContaining(CANARY)
        .hasMessageContaining(file.toString())
        .hasNoCause();
    return refusal;
  }

  private InvalidKubeconfig refusedUser(String user) throws IOException {
    return refused(Fixtures.kubeconfig(SERVER, user), null);
  }

  @Test
  void theClustersNameIsThatOfItsEntryAsRecordsCanKeepIt() throws IOException {
    String text = Fixtures.kubeconfig(SERVER, TOKEN);

    assertThat(Kubeconfig.read(write(text), null).clusterName())
        .isEqualTo(new ClusterName("stub-cluster"));
    assertThat(Kubeconfig.read(write(text), "here").host()).isEqualTo("example.test");
    assertThat(name(text, "arn:aws:eks:eu/My_Cluster.1")).isEqualTo("arn-aws-eks-eu-my-cluster.1");
    assertThat(name(text, "-..x")).isEqualTo("x");
    assertThat(name(text, "Ü")).isEqualTo("cluster");
    assertThat(name(text, "c".repeat(300))).hasSize(100);
  }

  private String name(String text, String cluster) throws IOException {
    return Kubeconfig.read(write(text.replace("Stub_Cluster", "'" + cluster + "'")), null)
        .clusterName()
        .value();
  }

  /** Whoever sends it would choose a file of this machine that is read, an endless one perhaps. */
  @Test
  void aKubeconfigInMemoryNamesAFile_isRefusedAndTheFileIsNotRead() {
    String text =
        Fixtures.kubeconfig(SERVER, TOKEN)
            .replaceFirst("certificate-authority-data: .*", "certificate-authority: /dev/zero");

    InvalidKubeconfig refusal =
        catchThrowableOfType(
            InvalidKubeconfig.class, () -> Kubeconfig.withToken(text, "of AKS", () -> "token"));

    assertThat(refusal)
        .hasMessageContaining("certificate-authority names a file")
        .hasMessageNotContaining("/dev/zero");
  }

  @Test
  void aFileThatIsNoneIsNamedWithWhatToType() throws IOException {
    assertThat(refused(folder.resolve("absent"), null))
        .hasMessageContaining("no such file")
        .hasMessageContaining("az aks get-credentials");
    assertThat(refused(folder, null)).hasMessageContaining("it is a folder");
    assertThat(refused(" \n", null)).hasMessageContaining("it is empty");
    assertThat(refused("a: [" + CANARY, null)).hasMessageContaining("not a kubeconfig in YAML");
    assertThat(refused(CANARY, null)).hasMessageContaining("not a kubeconfig in YAML");
    assertThat(refused("contexts: " + CANARY, null))
        .hasMessageContaining("not a kubeconfig in YAML");
    assertThat(refused("--- !!java.net.URL [" + CANARY + "]", null))
        .hasMessageContaining("not a kubeconfig in YAML");
    assertThat(
            refused(
                Files.write(folder.resolve("bytes"), new byte[] {(byte) 0xff, (byte) 0xfe, 0}),
                null))
        .hasMessageContaining("not UTF-8");
  }

  @Test
  void aFileThatMayNotBeReadIsNamed() throws IOException {
    Path file = write("x: y");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    // The superuser reads it all the same, and then it is no kubeconfig.
    assertThat(refused(file, null).getMessage())
        .containsAnyOf("can't be read", "no current-context");
  }

  @Test
  void aContextThatIsNotThereIsAnsweredWithThoseThatAre() throws IOException {
    String text = Fixtures.kubeconfig(SERVER, TOKEN);

    assertThat(refused(text, "prod"))
        .hasMessageContaining("no context \"prod\"; it has here")
        .hasMessageContaining(
            "kubectl config get-contexts --kubeconfig " + folder.resolve("config"));
    assertThat(refused(text.replace("current-context: here", ""), null))
        .hasMessageContaining("no current-context");
    assertThat(refused("kind: Config", null)).hasMessageContaining("it has none");
  }

  @Test
  void aContextWithoutClusterOrUserIsRefused() throws IOException {
    String text = Fixtures.kubeconfig(SERVER, TOKEN);

    assertThat(refused(text.replace("{cluster: Stub_Cluster, user: someone}", "{}"), null))
        .hasMessageContaining("has 2 problems")
        .hasMessageContaining("names no cluster")
        .hasMessageContaining("names no user");
    assertThat(
            refused(
                text.replace("cluster: Stub_Cluster", "cluster: gone")
                    .replace("user: someone", "user: gone"),
                null))
        .hasMessageContaining("there is no cluster \"gone\"; type `kubectl config get-clusters")
        .hasMessageContaining("there is no user \"gone\"; type `kubectl config get-users");
  }

  @Test
  void anAddressThatIsNotHttpsIsRefusedAndNotQuoted() throws IOException {
    for (String server :
        new String[] {
          "http://x",
          "example.test",
          "ftp://x",
          "''",
          "https://",
          "http://user:" + CANARY + "@x",
          "[1]"
        }) {
      assertThat(refused(Fixtures.kubeconfig(server, TOKEN), null))
          .as(server)
          .hasMessageContaining("https://HOST:PORT was expected");
    }
    assertThat(refused(Fixtures.kubeconfig("https://user:" + CANARY + "@x", TOKEN), null))
        .hasMessageContaining("user name or password");
  }

  @Test
  void anAuthorityThatIsNoneIsRefused() throws IOException {
    String text = Fixtures.kubeconfig(SERVER, TOKEN);
    String authority = "certificate-authority-data: ";
    String rest = "(?m)" + authority + ".*$";

    assertThat(refused(text.replaceFirst(rest, authority + "'%%%'"), null))
        .hasMessageContaining("is no Base64");
    assertThat(refused(text.replaceFirst(rest, authority + Identity.base64(CANARY)), null))
        .hasMessageContaining("holds no certificate");
    assertThat(refused(text.replaceFirst(rest, authority + "7"), null))
        .hasMessageContaining("is no text");
    assertThat(refused(text.replaceFirst(rest, "certificate-authority: gone.crt"), null))
        .hasMessageContaining("names gone.crt, which can't be read");
    assertThat(refused(text.replaceFirst(rest, "insecure-skip-tls-verify: 'true'"), null))
        .hasMessageContaining("must be true or false");
    assertThat(refused(text.replaceFirst(rest, "proxy-url: http://proxy"), null))
        .hasMessageContaining("https.proxyHost");
  }

  @Test
  void anAuthorityFileIsFoundBesideTheKubeconfig() throws IOException {
    Files.writeString(folder.resolve("ca.crt"), Identity.SERVER.certificatePem());
    String text =
        Fixtures.kubeconfig(SERVER, TOKEN)
            .replaceFirst("(?m)certificate-authority-data: .*$", "certificate-authority: ca.crt");

    assertThatCode(() -> Kubeconfig.read(write(text), null)).doesNotThrowAnyException();
  }

  @Test
  void aClientCertificateThatCannotBeUsedIsRefused() throws IOException {
    String certificate = Identity.base64(Identity.CLIENT.certificatePem());
    String key = Identity.base64(Identity.CLIENT.keyPem());
    String otherKey = Identity.base64(Identity.SERVER.keyPem());

    assertThat(refusedUser("{client-certificate-data: " + certificate + "}"))
        .hasMessageContaining("no client-key");
    assertThat(refusedUser("{client-certificate-data: '%', client-key-data: '%'}"))
        .hasMessageContaining("client-certificate-data is no Base64")
        .hasMessageContaining("client-key-data is no Base64");
    assertThat(
            refusedUser(
                "{client-certificate-data: "
                    + certificate
                    + ", client-key-data: "
                    + Identity.base64(CANARY)
                    + "}"))
        .hasMessageContaining("can't be used");
    assertThat(
            refusedUser(
                "{client-certificate-data: "
                    + Identity.base64(CANARY)
                    + ", client-key-data: "
                    + key
                    + "}"))
        .hasMessageContaining("can't be used");
    assertThat(
            refusedUser(
                "{client-certificate-data: "
                    + certificate
                    + ", client-key-data: "
                    + otherKey
                    + "}"))
        .hasMessageContaining("can't be used");
  }

  @Test
  void aTokenThatNoHeaderCanCarryIsRefused() throws IOException {
    assertThat(refusedUser("{token: \"a\\nb" + CANARY + "\"}"))
        .hasMessageContaining("token is empty, or holds characters");
    assertThat(refusedUser("{token: 123}")).hasMessageContaining("token is no text");
    assertThat(refusedUser("{tokenFile: gone}")).hasMessageContaining("tokenFile names gone");
    Files.writeString(folder.resolve("empty"), "\n");
    assertThat(refusedUser("{tokenFile: empty}")).hasMessageContaining("holds no token");
  }

  @Test
  void aUserWithoutACredentialIsRefused() throws IOException {
    assertThat(refusedUser("{}")).hasMessageContaining("holds no credential");
    assertThat(refusedUser("{username: u, password: " + CANARY + "}"))
        .hasMessageContaining("no longer take a user name");
    assertThat(refusedUser("{auth-provider: {name: azure}}"))
        .hasMessageContaining("kubelogin convert-kubeconfig");
  }

  @Test
  void aCredentialPluginThatIsNotThereIsNamed() throws IOException {
    assertThat(
            refusedUser(
                "{exec: {apiVersion: client.authentication.k8s.io/v1beta1, command: no-such-plugin}}"))
        .hasMessageContaining("\"no-such-plugin\" is not to be found")
        .hasMessageContaining("az aks install-cli");
    assertThat(
            refusedUser(
                "{exec: {apiVersion: client.authentication.k8s.io/v1alpha1, command: ./gone}}"))
        .hasMessageContaining("has 2 problems")
        .hasMessageContaining("apiVersion must be");
    assertThat(refusedUser("{exec: {apiVersion: client.authentication.k8s.io/v1}}"))
        .hasMessageContaining("command is missing");
    assertThat(refusedUser("{exec: kubelogin}")).hasMessageContaining("exec must be a mapping");
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() throws IOException {
    String text =
        Fixtures.kubeconfig("http://x", "{client-certificate-data: '%', client-key: gone.key}");

    assertThat(refused(text, null))
        .hasMessageContaining("has 3 problems:\n- ")
        .hasMessageContaining("server isn't an https address")
        .hasMessageContaining("client-certificate-data is no Base64")
        .hasMessageContaining("client-key names gone.key");
  }

  @Test
  void aKubeconfigForAnotherTokenIsNotAskedForItsUser() {
    assertThatCode(
            () ->
                Kubeconfig.withToken(
                    Fixtures.kubeconfig(SERVER, "{exec: {command: kubelogin}}"), "aks", () -> "t"))
        .doesNotThrowAnyException();
  }

  /** An operation that was begun on one must never go on on the other. */
  @Test
  void twoClustersWhoseEntriesAreCalledAlike_haveDistinctNames() {
    Kubeconfig one =
        Kubeconfig.withToken(Fixtures.kubeconfig("https://one.example", "{}"), "a", () -> "t");
    Kubeconfig two =
        Kubeconfig.withToken(Fixtures.kubeconfig("https://two.example", "{}"), "b", () -> "t");

    assertThat(one.clusterName()).isEqualTo(two.clusterName());
    assertThat(one.distinctName()).isNotEqualTo(two.distinctName());
  }
}
