package dev.rekey.keyvault;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.rest.PagedResponse;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.models.KeyOperation;
import com.azure.security.keyvault.keys.models.KeyProperties;
import com.azure.security.keyvault.keys.models.KeyVaultKey;
import dev.rekey.key.Cloud;
import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The vaults of one cloud. A client is made for each at its first use, and kept. Thread-safe. */
public final class KeyVaultKeys implements Vault {
  /** A page has 25 versions, and a key that is rotated daily for five years fewer than 2,000. */
  private static final int MOST_PAGES = 100;

  private final Cloud cloud;
  private final VaultClients clients;
  private final InstantSource clock;

  private KeyVaultKeys(Cloud cloud, VaultClients clients, InstantSource clock) {
    this.cloud = cloud;
    this.clients = clients;
    this.clock = clock;
  }

  /**
   * Sends nothing yet.
   *
   * @param applicationId what the vault's logs show, at most 24 characters
   */
  public static KeyVaultKeys open(
      TokenCredential credential, HttpClient http, Cloud cloud, String applicationId) {
    return open(credential, http, cloud, applicationId, VaultClients.PATIENCE);
  }

  static KeyVaultKeys open(
      TokenCredential credential,
      HttpClient http,
      Cloud cloud,
      String applicationId,
      Duration patience) {
    VaultClients clients = new VaultClients(credential, http, cloud, applicationId, patience);
    return new KeyVaultKeys(cloud, clients, InstantSource.system());
  }

  /**
   * Lists the versions, and asks for type and operations of those that could be used now: the list
   * doesn't say them, and of the others they decide nothing.
   */
  @Override
  public List<KeyVersion> versions(VaultKey key) {
    KeyClient client = clients.reading(key.vaultHost());
    return VaultFaults.of(
        key,
        () -> {
          List<KeyVersion> versions = new ArrayList<>();
          int pages = 0;
          for (PagedResponse<KeyProperties> page :
              client.listPropertiesOfKeyVersions(key.name()).iterableByPage()) {
            checkEnds(key, ++pages);
            page.getValue().forEach(each -> versions.add(version(client, key, each)));
          }
          return versions.isEmpty() ? none(client, key) : List.copyOf(versions);
        });
  }

  /** A next page that leads back to itself would be followed for ever. */
  private static void checkEnds(VaultKey key, int pages) {
    if (pages > MOST_PAGES) {
      throw VaultFaults.fault(
          OutsideFault.Kind.MALFORMED,
          "the vault " + key.vaultHost() + " lists versions of " + key.name() + " without an end");
    }
  }

  /**
   * The vault answers 404 for no key only where a key is named; its list of versions is empty. So
   * is, to the client, the answer of whoever else answers, so the key is asked for by its name.
   */
  private static List<KeyVersion> none(KeyClient client, VaultKey key) {
    client.getKey(key.name()); // answered 404 if there is none
    throw VaultFaults.fault(
        OutsideFault.Kind.MALFORMED,
        "the vault " + key.vaultHost() + " lists no versions of " + key.name() + ", which it has");
  }

  private KeyVersion version(KeyClient client, VaultKey key, KeyProperties properties) {
    KeyVersion listed = ReadVersion.listed(id(key, properties.getId()), properties);
    if (!ReadVersion.couldServe(listed, clock.instant())) {
      return listed;
    }
    KeyVaultKey whole = client.getKey(key.name(), listed.id().version());
    KeyId shown = id(key, whole.getId());
    if (!shown.isSameAs(listed.id())) {
      throw VaultFaults.fault(
          OutsideFault.Kind.MALFORMED,
          "the vault " + key.vaultHost() + " answered with another version than the asked one");
    }
    return ReadVersion.whole(shown, whole);
  }

  @Override
  public RotationPolicy rotationPolicy(VaultKey key) {
    KeyClient client = clients.reading(key.vaultHost());
    return VaultFaults.of(key, () -> ReadPolicy.of(key, client.getKeyRotationPolicy(key.name())));
  }

  @Override
  public KeyId rotate(VaultKey key) {
    KeyClient client = clients.sendingOnce(key.vaultHost());
    return VaultFaults.ofRotation(key, () -> id(key, client.rotateKey(key.name()).getId()));
  }

  /**
   * The type and the operations are left out of the request: the vault doesn't show them of a
   * disabled version, and what isn't sent stays.
   */
  @Override
  public void restore(Restoration restoration) {
    Instant until = restoration.until();
    change(
        restoration.version(),
        restoration.command(),
        version -> {
          version.setEnabled(true);
          return until == null ? version : version.setExpiresOn(until.atOffset(ZoneOffset.UTC));
        });
  }

  /** Whether it is enabled isn't sent, and so stays as it is. */
  @Override
  public void extend(Extension extension) {
    change(
        extension.version(),
        extension.command(),
        version ->
            version.setEnabled(null).setExpiresOn(extension.until().atOffset(ZoneOffset.UTC)));
  }

  /**
   * Changes properties of one version.
   *
   * @param command what a person types where the right to it is missing
   */
  private void change(KeyId version, String command, UnaryOperator<KeyProperties> change) {
    KeyClient client = clients.reading(version.key().vaultHost());
    try {
      VaultFaults.of(
          version.key(), () -> update(client, change.apply(properties(client, version))));
    } catch (OutsideFault fault) {
      throw fault.kind() == OutsideFault.Kind.FORBIDDEN
          ? VaultFaults.fault(fault.kind(), fault.getMessage() + "; or type: " + command)
          : fault;
    }
  }

  private static KeyVaultKey update(KeyClient client, KeyProperties changed) {
    return client.updateKeyProperties(changed, (KeyOperation[]) null);
  }

  private KeyProperties properties(KeyClient client, KeyId version) {
    VaultKey key = version.key();
    return client.listPropertiesOfKeyVersions(key.name()).stream()
        .filter(each -> id(key, each.getId()).isSameAs(version))
        .findFirst()
        .orElseThrow(
            () ->
                VaultFaults.fault(
                    OutsideFault.Kind.NOT_FOUND,
                    "the vault " + key.vaultHost() + " has no " + version));
  }

  /** What the vault says is a version of the key that it was asked for, or it isn't understood. */
  private KeyId id(VaultKey key, String url) {
    KeyId id = KeyId.parse(url, cloud);
    if (!id.key().isSameKeyAs(key)) {
      throw VaultFaults.fault(
          OutsideFault.Kind.MALFORMED,
          "the vault " + key.vaultHost() + " answered with another key than " + key.name());
    }
    return id;
  }
}
