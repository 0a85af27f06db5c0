package dev.rekey.operation;

import dev.rekey.key.KeyId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of KMS that an operation takes a cluster through: from the first to the second in
 * its first phase, from there to the third in its second, and so on.
 *
 * @param stops two at least, which are the same where the settings stay; none where there is no ARM
 *     to ask what they are
 */
public record Route(List<KmsSettings> stops) {

  /** Of a cluster that is known by its kubeconfig alone. */
  public static final Route UNKNOWN = new Route(List.of());

  public Route {
    stops = List.copyOf(stops);
    if (stops.size() == 1) {
      throw new IllegalArgumentException("a route has two stops at least, or none");
    }
  }

  public static Route of(KmsSettings... stops) {
    return new Route(List.of(stops));
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
