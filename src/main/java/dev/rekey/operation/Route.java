package dev.rekey.operation;

import dev.rekey.key.KeyId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of KMS that an operation takes a cluster through: from the first to the second in
 * its first phase, from there to the third in its second, and so on.
 *
 * @param stops two at least, which are the same where the settings stay; none where there is no ARM
 *     to ask what they are
 * @param upgradeTo the Kubernetes that Rekey itself upgrades the cluster to on the way, where a
 *     person has said so; null where none is needed, or somebody else makes it
 */
public record Route(List<KmsSettings> stops, @Nullable KubernetesVersion upgradeTo) {

  /** Of a cluster that is known by its kubeconfig alone. */
  public static final Route UNKNOWN = new Route(List.of());

  public Route {
    stops = List.copyOf(stops);
    if (stops.size() == 1) {
      throw new IllegalArgumentException("a route has two stops at least, or none");
    }
  }

  /** One on which Rekey upgrades nothing. */
  public Route(List<KmsSettings> stops) {
    this(stops, null);
  }

  public static Route of(KmsSettings... stops) {
    return new Route(List.of(stops));
  }

  /** The same, on which Rekey makes the upgrade; null for somebody else. */
  public Route upgradingTo(@Nullable KubernetesVersion version) {
    return new Route(stops, version);
  }

  /** Between two versions of keys in vaults that are reached over their public endpoints. */
  public static Route of(KeyId from, KeyId to) {
    return of(KmsSettings.of(from), KmsSettings.of(to));
  }

  /** Of an operation that leaves the settings as they are. */
  public static Route staying(KmsSettings settings) {
    return of(settings, settings);
  }

  /** The ARM id of the vault, where one of the settings names it. */
  public Optional<String> vaultResourceId() {
    return stops.stream().flatMap(stop -> Stream.ofNullable(stop.vaultResourceId())).findFirst();
  }

  public boolean isKnown() {
    return !stops.isEmpty();
  }

  /** How many phases it has. */
  public int phases() {
    return Math.max(1, stops.size() - 1);
  }
}
