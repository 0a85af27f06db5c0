package dev.rekey.kubernetes;

import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import io.kubernetes.client.util.KubeConfig;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Runs a credential plugin, as client-java does: the plugin's own words go to the terminal, so that
 * it can ask a person to log in. client-java drops the expiry that the plugin names, so a token is
 * asked for anew every ten minutes; plugins remember theirs.
 */
final class PluginRun {
  private static final Duration MOST_AGE = Duration.ofMinutes(10);

  private final Credential.Plugin plugin;
  private final KubeConfig document;
  private final String origin;

  PluginRun(Credential.Plugin plugin, KubeConfig document, String origin) {
    this.plugin = plugin;
    this.document = document;
    this.origin = origin;
  }

  /**
   * @throws OutsideFault {@link OutsideFault.Kind#UNAUTHENTICATED} if it yields nothing that can be
   *     used
   */
  Credential first() {
    @Nullable Map<String, String> given = run();
    String token = given == null ? null : given.get(KubeConfig.CRED_TOKEN_KEY);
    if (token != null && BearerTokens.isToken(token.strip())) {
      AtomicReference<@Nullable String> unused = new AtomicReference<>(token);
      return new Credential.Token(() -> again(unused), MOST_AGE);
    }
    String certificate =
        given == null ? null : given.get(KubeConfig.CRED_CLIENT_CERTIFICATE_DATA_KEY);
    String key = given == null ? null : given.get(KubeConfig.CRED_CLIENT_KEY_DATA_KEY);
    if (certificate == null || key == null) {
      throw fault();
    }
    try {
      return new Credential.Certificate(
          ClientCertificate.keyManagers(
              certificate.getBytes(StandardCharsets.UTF_8), key.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException unusable) {
      throw fault();
    }
  }

  /** The token of the first run counts once: it has just been made. */
  private String again(AtomicReference<@Nullable String> unused) throws CredentialUnavailable {
    String first = unused.getAndSet(null);
    @Nullable Map<String, String> given = first == null ? run() : null;
    String token = given == null ? first : given.get(KubeConfig.CRED_TOKEN_KEY);
    if (token == null) {
      throw new CredentialUnavailable(sentence());
    }
    return token;
  }

  private @Nullable Map<String, String> run() {
    try {
      return document.getCredentials();
    } catch (RuntimeException nonsense) {
      // Without its message: it quotes what the plugin printed.
      return null;
    }
  }

  private OutsideFault fault() {
    return new OutsideFault(
        OutsideSystem.API_SERVER, OutsideFault.Kind.UNAUTHENTICATED, sentence());
  }

  private String sentence() {
    return "the credential plugin \""
        + plugin.command
        + "\" gave no credential; type `kubectl get --raw /version --kubeconfig "
        + origin
        + " --context "
        + document.getCurrentContext()
        + "` to see why";
  }
}
