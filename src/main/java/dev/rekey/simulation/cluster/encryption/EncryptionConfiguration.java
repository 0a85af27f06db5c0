package dev.rekey.simulation.cluster.encryption;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What an API server is told to encrypt Secrets with: the first provider writes, every one reads.
 */
public record EncryptionConfiguration(List<Provider> providers) {

  public EncryptionConfiguration {
    providers = List.copyOf(providers);
    if (providers.isEmpty()) {
      throw new IllegalArgumentException("an encryption configuration names at least one provider");
    }
  }

  /**
   * Encrypted: the key versions in this order, the first one writing, and plain values still
   * readable.
   */
  public static EncryptionConfiguration encrypted(String current, String... earlier) {
    List<Provider> providers = new ArrayList<>(kms(List.of(earlier)));
    providers.add(0, Provider.Kms.of(current));
    providers.add(new Provider.Identity());
    return new EncryptionConfiguration(providers);
  }

  /** Off: written plain, with what lies under these key versions still readable. */
  public static EncryptionConfiguration off(String... readable) {
    List<Provider> providers = new ArrayList<>(kms(List.of(readable)));
    providers.add(0, new Provider.Identity());
    return new EncryptionConfiguration(providers);
  }

  /** Encrypted under KMS v1, with plain values still readable. */
  public static EncryptionConfiguration underKmsV1(String keyUrl) {
    return new EncryptionConfiguration(List.of(Provider.KmsV1.of(keyUrl), new Provider.Identity()));
  }

  /** Off: written plain, with what lies under KMS v1 still readable. */
  public static EncryptionConfiguration offAfterKmsV1(String keyUrl) {
    return new EncryptionConfiguration(List.of(new Provider.Identity(), Provider.KmsV1.of(keyUrl)));
  }

  /** As a metric of the API server names it. */
  public String hash() {
    return Sha256.label(toString());
  }

  @Override
  public String toString() {
    return providers.stream().map(Provider::toString).collect(Collectors.joining(", "));
  }

  private static List<Provider> kms(List<String> keyUrls) {
    return keyUrls.stream().<Provider>map(Provider.Kms::of).toList();
  }
}
