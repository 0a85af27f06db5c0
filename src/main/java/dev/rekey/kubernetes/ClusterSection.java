package dev.rekey.kubernetes;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;
import java.util.Set;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** Where a kubeconfig says that the API servers are, and how to know them. */
final class ClusterSection {
  final HttpUrl server;

  /** The certificate authority, PEM; null for the platform's. */
  final byte @Nullable [] authority;

  /** False if the kubeconfig says {@code insecure-skip-tls-verify}. */
  final boolean verified;

  /** The name that the certificate must be for; null for the host's. */
  final @Nullable String serverName;

  private ClusterSection(
      HttpUrl server, byte @Nullable [] authority, boolean verified, @Nullable String serverName) {
    this.server = server;
    this.authority = authority;
    this.verified = verified;
    this.serverName = serverName;
  }

  /** Eight hexadecimal digits of the hash of address and certificate authority. */
  String digest() {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(server.toString().getBytes(StandardCharsets.UTF_8));
      if (authority != null) {
        sha256.update(authority);
      }
      return HexFormat.of().formatHex(sha256.digest()).substring(0, 8);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  /**
   * Whether both lead to the same API servers, as far as can be seen without a connection. AKS
   * gives each cluster a certificate authority of its own, and an address can have several names.
   * Where nobody looks at certificates, or no authority is named, the address decides.
   */
  boolean isSameClusterAs(ClusterSection other) {
    byte[] mine = authority;
    byte[] others = other.authority;
    if (verified && mine != null && others != null) {
      return certificates(mine).equals(certificates(others));
    }
    return server.host().equals(other.server.host()) && server.port() == other.server.port();
  }

  /**
   * Null if there is no usable address. Why, and what else is wrong, is among the section's
   * problems.
   */
  static @Nullable ClusterSection read(Section section) {
    HttpUrl server = server(section);
    byte[] authority = section.bytes("certificate-authority");
    if (authority != null && !holdsCertificates(authority)) {
      section.problem(
          "certificate-authority holds no certificate; a PEM file that begins with -----BEGIN "
              + "CERTIFICATE----- was expected");
    }
    if (section.has("proxy-url")) {
      section.problem(
          "proxy-url isn't supported; take it out and name the proxy with"
              + " JAVA_TOOL_OPTIONS=\"-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT\"");
    }
    boolean verified = !section.flag("insecure-skip-tls-verify");
    String serverName = section.text("tls-server-name");
    return server == null ? null : new ClusterSection(server, authority, verified, serverName);
  }

  private static @Nullable HttpUrl server(Section section) {
    String text = section.text("server");
    HttpUrl url = text == null ? null : HttpUrl.parse(text);
    if (url == null || !url.isHttps()) {
      // The text isn't quoted: it can hold a user name and password.
      section.problem(
          (text == null ? "server is missing" : "server isn't an https address")
              + "; https://HOST:PORT was expected, as in `az aks get-credentials "
              + "--resource-group GROUP --name CLUSTER`");
      return null;
    }
    if (!url.username().isEmpty() || !url.password().isEmpty()) {
      section.problem(
          "server holds a user name or password; take it out, API servers don't accept it");
    }
    return url;
  }

  private static boolean holdsCertificates(byte[] pem) {
    return !certificates(pem).isEmpty();
  }

  /** Empty if there are none. */
  private static Set<Certificate> certificates(byte[] pem) {
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return Set.copyOf(factory.generateCertificates(new ByteArrayInputStream(pem)));
    } catch (CertificateException none) {
      return Set.of();
    }
  }
}
