package dev.rekey.kubernetes;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import org.jspecify.annotations.Nullable;

/** How requests say who sends them. None of these prints a secret. */
sealed interface Credential {

  /** A certificate shown in the TLS handshake. */
  final class Certificate implements Credential {
    final KeyManager[] keyManagers;

    Certificate(KeyManager[] keyManagers) {
      this.keyManagers = keyManagers.clone();
    }
  }

  /** A token in each request's header, asked for anew at that age. */
  final class Token implements Credential {
    final TokenSource source;
    final Duration mostAge;

    Token(TokenSource source, Duration mostAge) {
      this.source = source;
      this.mostAge = mostAge;
    }
  }

  /** A program that yields one of the two. It is not started before a connection is opened. */
  final class Plugin implements Credential {
    final String command;

    Plugin(String command) {
      this.command = command;
    }
  }

  /**
   * A static token never ages; a file's is replaced by whoever writes it, so it is read each
   * minute.
   */
  Duration NEVER = Duration.ofDays(365);

  Duration FILE_AGE = Duration.ofMinutes(1);

  /**
   * The first that the user section has of: client certificate, plugin, token, token file.
   *
   * @return null if there is none, or none that can be used; why is among the section's problems
   */
  static @Nullable Credential read(Section user) {
    if (user.has("auth-provider")) {
      user.problem(
          "auth-provider is gone since Kubernetes 1.26; type `kubelogin convert-kubeconfig -l "
              + "azurecli`");
      return null;
    }
    if (user.has("client-certificate") || user.has("client-certificate-data")) {
      return certificate(user);
    }
    Section exec = user.section("exec");
    if (exec != null) {
      return CredentialPlugin.read(exec);
    }
    if (user.has("token")) {
      return token(user);
    }
    if (user.has("tokenFile")) {
      return tokenFile(user);
    }
    user.problem(
        "holds no credential; a client certificate, a token, a tokenFile or an exec plugin was expected"
            + (user.has("username") ? " (API servers no longer take a user name and password)" : "")
            + "; type `az aks get-credentials` again, or `kubectl config set-credentials`");
    return null;
  }

  private static @Nullable Credential certificate(Section user) {
    byte[] certificate = user.bytes("client-certificate");
    byte[] key = user.bytes("client-key");
    if (!user.has("client-key") && !user.has("client-key-data")) {
      user.problem("has a client certificate, but no client-key or client-key-data");
    }
    if (certificate == null || key == null) {
      return null;
    }
    try {
      return new Certificate(ClientCertificate.keyManagers(certificate, key));
    } catch (GeneralSecurityException unusable) {
      user.problem(
          "client certificate and client key can't be used; PEM of an X.509 certificate and of "
              + "its own unencrypted"
              + " private key was expected; compare `openssl x509 -noout -pubkey` with `openssl "
              + "pkey -pubout`");
      return null;
    }
  }

  private static @Nullable Credential token(Section user) {
    String token = user.text("token");
    if (token == null || !BearerTokens.isToken(token)) {
      user.problem(
          "token is empty, or holds characters that no header can carry; one line of printable "
              + "characters was expected");
      return null;
    }
    return new Token(() -> token, NEVER);
  }

  private static @Nullable Credential tokenFile(Section user) {
    String file = user.text("tokenFile");
    byte[] content = file == null ? null : user.content("tokenFile", file);
    if (file == null || content == null) {
      return null;
    }
    if (!BearerTokens.isToken(new String(content, StandardCharsets.UTF_8).strip())) {
      user.problem(
          "tokenFile names "
              + file
              + ", which holds no token; one line of printable characters was expected");
      return null;
    }
    Path path = user.path(file);
    return new Token(() -> fromFile(path), FILE_AGE);
  }

  private static String fromFile(Path path) throws IOException {
    try {
      return Files.readString(path);
    } catch (IOException unreadable) {
      throw new CredentialUnavailable("the token file " + path + " can't be read any more");
    }
  }
}
