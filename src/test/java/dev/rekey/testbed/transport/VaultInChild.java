package dev.rekey.testbed.transport;

import com.azure.core.http.HttpClient;
import com.azure.identity.DefaultAzureCredentialBuilder;
import dev.rekey.key.Cloud;
import dev.rekey.key.VaultKey;
import dev.rekey.keyvault.KeyVaultKeys;

/**
 * A process with nothing but production code: rotates a key and prints the new version's URL, then
 * how many versions there are.
 */
public final class VaultInChild {
  private VaultInChild() {}

  /** Takes the vault's host, the key's name and the identity's client id. */
  public static void main(String[] arguments) {
    HttpClient http = HttpClient.createDefault();
    KeyVaultKeys vault =
        KeyVaultKeys.open(
            new DefaultAzureCredentialBuilder()
                .httpClient(http)
                .managedIdentityClientId(arguments[2])
                .build(),
            http,
            Cloud.PUBLIC,
            "rekey-test");
    VaultKey key = new VaultKey(arguments[0], arguments[1]);
    System.out.println(vault.rotate(key));
    System.out.println(vault.versions(key).size());
  }
}
