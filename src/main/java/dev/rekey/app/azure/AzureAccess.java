package dev.rekey.app.azure;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AzureAuthorityHosts;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.rekey.aks.ArmClusters;
import dev.rekey.app.Release;
import dev.rekey.key.Cloud;
import dev.rekey.keyvault.KeyVaultKeys;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.service.port.Kubernetes;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Azure as one identity meets it: each adapter is made of the same credential and transport. */
public record AzureAccess(Cloud cloud, TokenCredential credential, HttpClient http) {
  /** Azure's clients refuse a longer one. */
  private static final int LONGEST_APPLICATION_ID = 24;

  /**
   * With the identity that Azure's default credential finds: a managed one, or that of {@code az
   * login}. Asks nothing yet, and gets no token yet.
   *
   * @param managedIdentity the client id of a user-assigned identity; null for none of that name
   */
  public static AzureAccess standard(Cloud cloud, @Nullable String managedIdentity) {
    HttpClient http = HttpClient.createDefault();
    DefaultAzureCredentialBuilder builder =
        new DefaultAzureCredentialBuilder().httpClient(http).authorityHost(authority(cloud));
    if (managedIdentity != null) {
      builder.managedIdentityClientId(managedIdentity);
    }
    return new AzureAccess(cloud, builder.build(), http);
  }

  private static String authority(Cloud cloud) {
    return switch (cloud) {
      case PUBLIC -> AzureAuthorityHosts.AZURE_PUBLIC_CLOUD;
      case CHINA -> AzureAuthorityHosts.AZURE_CHINA;
      case US_GOVERNMENT -> AzureAuthorityHosts.AZURE_GOVERNMENT;
    };
  }

  /**
   * The clusters in scopes.
   *
   * @param scopes ARM ids of subscriptions, resource groups or clusters
   */
  public ArmClusters clusters(List<String> scopes) {
    return ArmClusters.open(scopes, cloud, credential, http, applicationId());
  }

  public KeyVaultKeys vault() {
    return KeyVaultKeys.open(credential, http, cloud, applicationId());
  }

  /** The API servers of these clusters, with addresses from ARM and tokens of Entra. */
  public Kubernetes kubernetes(ArmClusters clusters, AksLogin login, InstantSource clock) {
    return new AksKubernetes(
        clusters::userKubeconfig,
        new AksTokens(credential, login.withoutToken()),
        login,
        ConnectionSettings.defaults(Release.version()),
        clock);
  }

  private static String applicationId() {
    String id = "rekey/" + Release.version();
    return id.substring(0, Math.min(LONGEST_APPLICATION_ID, id.length()));
  }
}
