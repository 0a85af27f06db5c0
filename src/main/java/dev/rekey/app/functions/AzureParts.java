package dev.rekey.app.functions;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureAuthorityHosts;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.rekey.aks.ArmClusters;
import dev.rekey.app.Release;
import dev.rekey.app.WarmConnections;
import dev.rekey.key.Cloud;
import dev.rekey.keyvault.KeyVaultKeys;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.storage.AzureTable;
import dev.rekey.storage.StorageQueues;
import dev.rekey.storage.TableRecords;
import java.time.Clock;

/** Binds the ports to Azure: which adapter stands behind each, and with which identity. */
final class AzureParts {
  private static final String TABLE = "Rekey";

  /** Azure's clients refuse a longer one. */
  private static final int LONGEST_APPLICATION_ID = 24;

  private AzureParts() {}

  /** Asks nothing yet, and gets no token yet. */
  static Parts open(Settings settings) {
    HttpClient http = HttpClient.createDefault();
    return open(settings, credential(settings, http), http);
  }

  static Parts open(Settings settings, TokenCredential credential, HttpClient http) {
    Cloud cloud = settings.conduct().cloud();
    StorageSettings storage = settings.storage();
    ArmClusters arm = ArmClusters.open(settings.scopes(), cloud, credential, http, applicationId());
    AksKubernetes aks =
        new AksKubernetes(
            arm::userKubeconfig,
            new AksTokens(credential),
            settings.adminCertificateAllowed(),
            ConnectionSettings.defaults(Release.version()),
            Clock.systemUTC());
    StorageQueues queues = StorageQueues.open(storage.queues(), credential, http);
    return new Parts(
        arm,
        arm.surroundings(),
        KeyVaultKeys.open(credential, http, cloud, applicationId()),
        new WarmConnections(aks, Clock.systemUTC(), WarmConnections.MOST_AGE),
        new TableRecords(AzureTable.open(storage.tables(), TABLE, credential, http)),
        queues,
        queues);
  }

  private static TokenCredential credential(Settings settings, HttpClient http) {
    DefaultAzureCredentialBuilder builder =
        new DefaultAzureCredentialBuilder()
            .httpClient(http)
            .authorityHost(authority(settings.conduct().cloud()));
    String clientId = settings.storage().clientId();
    return clientId == null ? builder.build() : builder.managedIdentityClientId(clientId).build();
  }

  private static String authority(Cloud cloud) {
    return switch (cloud) {
      case PUBLIC -> AzureAuthorityHosts.AZURE_PUBLIC_CLOUD;
      case CHINA -> AzureAuthorityHosts.AZURE_CHINA;
      case US_GOVERNMENT -> AzureAuthorityHosts.AZURE_GOVERNMENT;
    };
  }

  private static String applicationId() {
    String id = "rekey/" + Release.version();
    return id.substring(0, Math.min(LONGEST_APPLICATION_ID, id.length()));
  }
}
