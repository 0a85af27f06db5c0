package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * What an API server reads Secrets with, and writes them with: the first provider writes.
 *
 * @param kms the API of all plugins: {@code v1} or {@code v2}
 * @param plugins newest first
 * @param plainFirst whether new Secrets are written plain, as after KMS has been turned off; plain
 *     ones can be read either way
 */
public record EncryptionConfiguration(String kms, List<KmsPlugin> plugins, boolean plainFirst) {
  private static final int HASH_LENGTH = 8;
  private static final String IDENTITY = "      - identity: {}\n";
  private static final String HEAD =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: EncryptionConfiguration
      resources:
        - resources: [secrets]
          providers:
      """;

  public EncryptionConfiguration {
    plugins = List.copyOf(plugins);
  }

  /**
   * Unique and stable per key version: a name that moved to another key would make data unreadable.
   */
  public static String providerName(String keyUrl) {
    return "azurekmsprovider-" + KmsPlugin.keyIdOf(keyUrl).substring(0, HASH_LENGTH);
  }

  public String yaml() {
    StringBuilder yaml = new StringBuilder(HEAD);
    if (plainFirst) {
      yaml.append(IDENTITY);
    }
    plugins.forEach(plugin -> yaml.append(provider(plugin)));
    if (!plainFirst) {
      yaml.append(IDENTITY);
    }
    return yaml.toString();
  }

  private String provider(KmsPlugin plugin) {
    return """
          - kms:
              apiVersion: %s
              name: %s
              endpoint: unix://%s
              timeout: 3s
    """
        .formatted(kms, providerName(plugin.keyUrl()), plugin.socket());
  }

  /**
   * As the label {@code hash} of {@code …_encryption_config_controller_last_config_info} shows it.
   */
  public String hash() {
    return "sha256:" + Hash.sha256(yaml());
  }

  /** Never leaves half a file to an API server that polls it. */
  public void writeTo(Path file) {
    try {
      Path partial = file.resolveSibling(file.getFileName() + ".partial");
      Files.writeString(partial, yaml());
      Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
