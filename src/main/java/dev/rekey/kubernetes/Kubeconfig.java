package dev.rekey.kubernetes;

import dev.rekey.operation.ClusterName;
import io.kubernetes.client.util.KubeConfig;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One context of a kubeconfig, found to be usable as far as can be seen without a connection.
 * Reading it starts no program and sends nothing.
 */
public final class Kubeconfig {
  private final String origin;
  private final KubeConfig document;
  private final String clusterTitle;
  private final ClusterSection cluster;
  private final Credential credential;

  private Kubeconfig(
      String origin,
      KubeConfig document,
      String clusterTitle,
      ClusterSection cluster,
      Credential credential) {
    this.origin = origin;
    this.document = document;
    this.clusterTitle = clusterTitle;
    this.cluster = cluster;
    this.credential = credential;
  }

  /**
   * Reads a file.
   *
   * @param context the context's name; null for the file's current one
   * @throws InvalidKubeconfig if it can't be used; its message names everything that is wrong
   */
  public static Kubeconfig read(Path file, @Nullable String context) {
    String text = KubeconfigFile.text(file);
    Path absolute = file.toAbsolutePath();
    KubeConfig document = document(text, file.toString());
    document.setFile(absolute.toFile());
    return choose(document, file.toString(), absolute.getParent(), context, null);
  }

  /**
   * A kubeconfig that AKS hands out, used with a token of our own instead of its user section: that
   * one names a program which a function app does not have.
   *
   * @param origin what messages call it
   * @param token asked for at least once a minute while requests are sent, so it should remember
   *     its token
   * @throws InvalidKubeconfig if it can't be used; its message names everything that is wrong
   */
  public static Kubeconfig withToken(String text, String origin, TokenSource token) {
    return choose(
        document(text, origin),
        origin,
        null,
        null,
        new Credential.Token(token, Credential.FILE_AGE));
  }

  /**
   * Whether the credential that a kubeconfig of AKS hands out is a client certificate, which is
   * what a cluster without Entra gives to every user: it is a member of {@code system:masters}, and
   * no role can narrow it.
   *
   * @param origin what messages call it
   * @throws InvalidKubeconfig if it can't be read
   */
  public static boolean handsOutCertificate(String text, String origin) {
    KubeConfig document = document(text, origin);
    List<String> problems = new ArrayList<>();
    KubeconfigEntries entries = new KubeconfigEntries(document, origin, null, problems);
    Section context = entries.context(document.getCurrentContext());
    Section user = context == null ? null : entries.user(context);
    if (!problems.isEmpty() || user == null) {
      throw new InvalidKubeconfig(origin, problems);
    }
    return user.has("client-certificate") || user.has("client-certificate-data");
  }

  /**
   * A kubeconfig that is held in memory, used as it is: it must name no files.
   *
   * @param origin what messages call it
   * @throws InvalidKubeconfig if it can't be used; its message names everything that is wrong
   */
  public static Kubeconfig ofText(String text, String origin) {
    return choose(document(text, origin), origin, null, null, null);
  }

  /**
   * The name under which this cluster's records are kept: that of the kubeconfig's cluster entry,
   * in lower case, with a hyphen for each character that a {@link ClusterName} can't have.
   */
  public ClusterName clusterName() {
    String name =
        clusterTitle
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9.-]", "-")
            .replaceFirst("^[.-]+", "");
    return new ClusterName(
        name.isEmpty() ? "cluster" : name.substring(0, Math.min(100, name.length())));
  }

  /**
   * The same name with eight digits that tell apart two clusters whose entries are called alike: of
   * the address and of the certificate authority. An operation that was begun on one must never go
   * on on the other.
   */
  public ClusterName distinctName() {
    String name = clusterName().value();
    String shortened = name.substring(0, Math.min(90, name.length()));
    return new ClusterName(shortened + "-" + cluster.digest());
  }

  /**
   * Sees that it leads to the same cluster as one that AKS hands out: rewriting another one's
   * Secrets would prove nothing about this one, whose key would be changed all the same.
   *
   * @param cluster what messages call the cluster
   * @throws InvalidKubeconfig if it does not
   */
  public void requireSameClusterAs(Kubeconfig handedOut, ClusterName cluster) {
    if (!this.cluster.isSameClusterAs(handedOut.cluster)) {
      throw new InvalidKubeconfig(
          origin,
          List.of(
              "its context leads to "
                  + host()
                  + ", which is not the cluster "
                  + cluster
                  + " in Azure: that one has another certificate authority or address; name the"
                  + " context of "
                  + cluster
                  + " with --context, or leave --kubeconfig out"));
    }
  }

  /** The host of the API servers. */
  public String host() {
    return cluster.server.host();
  }

  Endpoint open(ConnectionSettings settings, InstantSource clock) {
    Credential ready =
        credential instanceof Credential.Plugin plugin
            ? new PluginRun(plugin, document, origin).first()
            : credential;
    return Endpoint.open(cluster, ready, settings, clock);
  }

  private static KubeConfig document(String text, String origin) {
    if (text.isBlank()) {
      throw new InvalidKubeconfig(
          origin, List.of("it is empty; type `az aks get-credentials --file FILE …` to write it"));
    }
    try {
      return KubeConfig.loadKubeConfig(new StringReader(text));
    } catch (RuntimeException notOne) {
      // Without its message: a YAML parser quotes the lines around the mistake, tokens too.
      throw new InvalidKubeconfig(
          origin,
          List.of(
              "it is not a kubeconfig in YAML; look with `kubectl config view --kubeconfig "
                  + origin
                  + "`"));
    }
  }

  private static Kubeconfig choose(
      KubeConfig document,
      String origin,
      @Nullable Path folder,
      @Nullable String wanted,
      @Nullable Credential own) {
    List<String> problems = new ArrayList<>();
    KubeconfigEntries entries = new KubeconfigEntries(document, origin, folder, problems);
    String name = wanted == null ? document.getCurrentContext() : wanted;
    Section context = entries.context(name);
    Section clusterEntry = context == null ? null : entries.cluster(context);
    ClusterSection cluster = clusterEntry == null ? null : ClusterSection.read(clusterEntry);
    Credential credential = own;
    if (own == null && context != null) {
      Section user = entries.user(context);
      credential = user == null ? null : Credential.read(user);
    }
    if (!problems.isEmpty() || cluster == null || credential == null) {
      throw new InvalidKubeconfig(origin, problems);
    }
    document.setContext(name);
    return new Kubeconfig(origin, document, entries.clusterTitle(), cluster, credential);
  }
}
