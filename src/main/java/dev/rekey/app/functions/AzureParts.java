package dev.rekey.app.functions;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import dev.rekey.aks.ArmClusters;
import dev.rekey.app.WarmConnections;
import dev.rekey.app.azure.AksLogin;
import dev.rekey.app.azure.AzureAccess;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.storage.AzureTable;
import dev.rekey.storage.StorageQueues;
import dev.rekey.storage.TableRecords;
import java.time.Clock;

/** Binds the ports to Azure: which adapter stands behind each, and with which identity. */
final class AzureParts {
  private static final String TABLE = "Rekey";

  private AzureParts() {}

  /** Asks nothing yet, and gets no token yet. */
  static Parts open(Settings settings) {
    return open(
        settings, AzureAccess.standard(settings.conduct().cloud(), settings.storage().clientId()));
  }

  private static Parts open(Settings settings, AzureAccess azure) {
    TokenCredential credential = azure.credential();
    HttpClient http = azure.http();
    StorageSettings storage = settings.storage();
    ArmClusters arm = azure.clusters(settings.scopes());
    Kubernetes aks = azure.kubernetes(arm, login(settings), Clock.systemUTC());
    StorageQueues queues = StorageQueues.open(storage.queues(), credential, http);
    return new Parts(
        arm,
        arm.surroundings(),
        azure.vault(),
        new WarmConnections(aks, Clock.systemUTC(), WarmConnections.MOST_AGE),
        new TableRecords(AzureTable.open(storage.tables(), TABLE, credential, http)),
        queues,
        queues);
  }

  private static AksLogin login(Settings settings) {
    return new AksLogin(
        settings.adminCertificateAllowed(),
        "allow the certificate with " + SettingName.REKEY_ALLOW_ADMIN_CERTIFICATE + "=true",
        "see whether the app has a managed identity, and whether AzureWebJobsStorage__clientId"
            + " names it");
  }
}
