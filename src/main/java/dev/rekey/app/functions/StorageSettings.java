package dev.rekey.app.functions;

import dev.rekey.key.Cloud;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where queues and tables are: what the Functions host calls the connection {@code
 * AzureWebJobsStorage}, by identity.
 *
 * @param queues the queue service's address, without a path
 * @param tables the table service's address, without a path
 * @param clientId the user-assigned identity; null for the app's own
 */
record StorageSettings(URI queues, URI tables, @Nullable String clientId) {
  private static final String CONNECTION = "AzureWebJobsStorage";
  private static final URI UNKNOWN = URI.create("https://unknown.invalid");
  private static final Pattern ACCOUNT = Pattern.compile("[a-z0-9]{3,24}");
  private static final Pattern SERVICE = Pattern.compile("https://[a-z0-9.-]{3,200}(:\\d{1,5})?/?");
  private static final Pattern CLIENT_ID = Pattern.compile("[0-9a-fA-F-]{36}");

  static StorageSettings read(Environment environment, Cloud cloud) {
    if (environment.text(CONNECTION).isPresent()) {
      environment.problem(
          CONNECTION,
          "holds a connection string, which would be a key; remove it and set "
              + CONNECTION
              + "__accountName, so that the app's identity is used");
    }
    Optional<String> account = environment.text(CONNECTION + "__accountName");
    if (account.isPresent() && !ACCOUNT.matcher(account.get()).matches()) {
      environment.problem(
          CONNECTION + "__accountName", "is no storage account's name; expected: mystorage1");
    }
    boolean named = account.isPresent() && ACCOUNT.matcher(account.get()).matches();
    URI queues = service(environment, cloud, account.filter(any -> named), "queue");
    URI tables = service(environment, cloud, account.filter(any -> named), "table");
    if (account.isEmpty() && (queues.equals(UNKNOWN) || tables.equals(UNKNOWN))) {
      environment.problem(
          CONNECTION + "__accountName",
          "is missing; expected: the storage account's name (or "
              + CONNECTION
              + "__queueServiceUri and "
              + CONNECTION
              + "__tableServiceUri)");
    }
    return new StorageSettings(queues, tables, clientId(environment));
  }

  private static URI service(
      Environment environment, Cloud cloud, Optional<String> account, String service) {
    URI byAccount =
        account
            .map(name -> URI.create("https://" + name + "." + service + "." + suffix(cloud)))
            .orElse(UNKNOWN);
    return environment.read(
        CONNECTION + "__" + service + "ServiceUri",
        byAccount,
        "https://mystorage1." + service + "." + suffix(cloud),
        text -> SERVICE.matcher(text).matches() ? Optional.of(bare(text)) : Optional.empty());
  }

  private static URI bare(String text) {
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private static @Nullable String clientId(Environment environment) {
    environment.read(
        CONNECTION + "__credential",
        true,
        "managedidentity",
        text -> text.equalsIgnoreCase("managedidentity") ? Optional.of(true) : Optional.empty());
    String name = CONNECTION + "__clientId";
    Optional<String> id = environment.text(name);
    if (id.isPresent() && !CLIENT_ID.matcher(id.get()).matches()) {
      environment.problem(
          name, "is no client id; expected: the GUID of the user-assigned identity");
    }
    return id.orElse(null);
  }

  private static String suffix(Cloud cloud) {
    return switch (cloud) {
      case PUBLIC -> "core.windows.net";
      case CHINA -> "core.chinacloudapi.cn";
      case US_GOVERNMENT -> "core.usgovcloudapi.net";
    };
  }
}
