package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What is known of all clusters in scope, and which key versions there are. */
public final class KnownFleet {
  private final List<KnownCluster> clusters;
  private final List<String> notLookedAt;
  private final Map<String, Set<String>> labels = new HashMap<>();
  private final Set<String> allLabels = new HashSet<>();

  /**
   * One look at all.
   *
   * @param notLookedAt for each scope or cluster that could not be looked at: why, in our own words
   * @param versions those that vaults list; those that clusters name are known besides
   */
  public KnownFleet(
      List<KnownCluster> clusters, List<String> notLookedAt, Collection<KeyId> versions) {
    this.clusters = List.copyOf(clusters);
    this.notLookedAt = List.copyOf(notLookedAt);
    Stream.concat(versions.stream(), this.clusters.stream().flatMap(KnownCluster::named))
        .distinct()
        .forEach(this::know);
  }

  /** A vault ignores case, and a hash is of the spelling: one version may have several. */
  private void know(KeyId version) {
    String label = KeyIdHash.predict(version).label();
    labels.computeIfAbsent(lower(version), unused -> new HashSet<>()).add(label);
    allLabels.add(label);
  }

  private static String lower(KeyId version) {
    return version.url().toLowerCase(Locale.ROOT);
  }

  List<KnownCluster> clusters() {
    return clusters;
  }

  List<String> notLookedAt() {
    return notLookedAt;
  }

  /** The hashes under which API servers may name a version. */
  Set<String> labels(KeyId version) {
    return labels.getOrDefault(lower(version), Set.of());
  }

  /** The hashes of all versions that are known. */
  Set<String> allLabels() {
    return allLabels;
  }
}
