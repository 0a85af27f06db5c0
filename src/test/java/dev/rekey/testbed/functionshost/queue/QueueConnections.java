package dev.rekey.testbed.functionshost.queue;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.storage.queue.QueueClient;
import com.azure.storage.queue.QueueServiceClient;
import com.azure.storage.queue.QueueServiceClientBuilder;
import dev.rekey.testbed.functionshost.AppSettings;
import dev.rekey.testbed.functionshost.HostOptions;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Storage accounts by the names of their connections. A connection is a setting with a connection
 * string, or the identity form: {@code NAME__accountName} or {@code NAME__queueServiceUri}, with
 * {@code NAME__credential=managedidentity} and perhaps {@code NAME__clientId}.
 */
public final class QueueConnections {
  private static final String PREFIX = "AzureWebJobs";
  private static final String DEFAULT_CONNECTION = "Storage";

  private final AppSettings settings;
  private final Map<String, String> knownAccounts;

  /** The host's own: the app's may be set to another by the environment. */
  private final HttpClient transport = new JdkHttpClientBuilder().build();

  private final Map<String, QueueServiceClient> accounts = new ConcurrentHashMap<>();

  public QueueConnections(AppSettings settings, HostOptions options) {
    this.settings = settings;
    this.knownAccounts =
        options.texts("storage-account").stream()
            .map(option -> option.split("=", 2))
            .collect(Collectors.toMap(option -> option[0], option -> option[1]));
  }

  /**
   * A queue, without an encoding.
   *
   * @param connection empty for the host's own storage
   * @throws IllegalArgumentException where the settings don't describe an account
   */
  QueueClient queue(String connection, String name) {
    return accounts.computeIfAbsent(connection, this::open).getQueueClient(name);
  }

  private QueueServiceClient open(String connection) {
    String name = connection.isEmpty() ? DEFAULT_CONNECTION : connection;
    QueueServiceClientBuilder builder = new QueueServiceClientBuilder().httpClient(transport);
    // The name with the host's prefix comes first, then the name as it stands.
    return describe(PREFIX + name, builder)
        .or(() -> describe(name, builder))
        .orElseThrow(() -> new IllegalArgumentException("no setting describes storage " + name))
        .buildClient();
  }

  private Optional<QueueServiceClientBuilder> describe(
      String name, QueueServiceClientBuilder builder) {
    Optional<String> connectionString = settings.get(name);
    if (connectionString.isPresent()) {
      // Set to nothing it still counts as one, and fails.
      return Optional.of(builder.connectionString(connectionString.get()));
    }
    Optional<URI> uri =
        settings
            .get(name + "__queueServiceUri")
            .or(
                () ->
                    settings
                        .get(name + "__accountName")
                        .map(account -> "https://" + account + ".queue.core.windows.net"))
            .map(URI::create);
    return uri.map(address -> byIdentity(name, address, builder));
  }

  private QueueServiceClientBuilder byIdentity(
      String name, URI address, QueueServiceClientBuilder builder) {
    if (!settings.get(name + "__credential").orElse("").equalsIgnoreCase("managedidentity")) {
      throw new IllegalArgumentException(name + "__credential is not managedidentity");
    }
    String account = address.getHost().substring(0, address.getHost().indexOf('.'));
    if (knownAccounts.containsKey(account)) {
      return builder.connectionString(knownAccounts.get(account));
    }
    return builder
        .endpoint(address.toString())
        .credential(
            new ManagedIdentityCredentialBuilder()
                .clientId(settings.get(name + "__clientId").orElse(null))
                .build());
  }
}
