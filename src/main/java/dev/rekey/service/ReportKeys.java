package dev.rekey.service;

import dev.rekey.fleet.Ground;
import dev.rekey.fleet.KnownCluster;
import dev.rekey.fleet.KnownFleet;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.PolicyAdvice;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Of every key that clusters in scope use or have used: which versions there are, who needs them,
 * and whether the key's rotation policy suits. Advice: nothing is changed by it.
 *
 * <p>Each vault is asked once for a key, and of each cluster's evidence little more than the newest
 * is read. Serves one look.
 */
public final class ReportKeys {
  /**
   * What a version is needed for as a key; that Secrets lie under it says nothing of its expiry.
   */
  private static final Set<Ground> USED =
      EnumSet.of(Ground.CURRENT, Ground.PREVIOUS, Ground.MAYBE, Ground.KEPT, Ground.TARGET);

  private final Ports ports;
  private final Conduct conduct;

  public ReportKeys(Ports ports, Conduct conduct) {
    this.ports = ports.with(new VaultSeenOnce(ports.vault()));
    this.conduct = conduct;
  }

  /** Looks at all. What can't be looked at is in the report too. */
  public KeysReport report() {
    FoundClusters found = ports.clusters().find();
    KnowCluster know = new KnowCluster(ports, conduct.cloud());
    List<KnownCluster> clusters = found.clusters().stream().map(know::of).toList();
    List<String> missing =
        found.missing().stream().map(fault -> String.valueOf(fault.getMessage())).toList();
    List<Listed> keys = keys(clusters).stream().map(key -> list(key, clusters)).toList();
    List<KeyId> versions = keys.stream().flatMap(key -> key.ids().stream()).toList();
    KnownFleet fleet = new KnownFleet(clusters, missing, versions);
    return new KeysReport(keys.stream().map(key -> report(key, fleet)).toList(), missing);
  }

  /** Those of this cloud only: a token is sent to the host that a key names (promise K9). */
  private Collection<VaultKey> keys(List<KnownCluster> clusters) {
    Stream<VaultKey> named =
        clusters.stream()
            .flatMap(KnownCluster::named)
            .filter(id -> Ledgers.parse(id.url(), conduct.cloud()).isPresent())
            .map(KeyId::key);
    Stream<VaultKey> followed =
        clusters.stream().flatMap(cluster -> Stream.ofNullable(cluster.inUse().anyOf()));
    Map<String, VaultKey> keys = new TreeMap<>();
    Stream.concat(named, followed)
        .forEach(key -> keys.putIfAbsent(key.toString().toLowerCase(Locale.ROOT), key));
    return keys.values();
  }

  /**
   * A key's versions.
   *
   * @param listed those that the vault lists
   * @param ids those and the ones that clusters name
   * @param silence why the vault gives no answer; null if it does
   */
  private record Listed(
      VaultKey key, List<KeyVersion> listed, List<KeyId> ids, @Nullable String silence) {}

  private Listed list(VaultKey key, List<KnownCluster> clusters) {
    List<KeyVersion> listed = List.of();
    @Nullable String silence = null;
    try {
      listed = ports.vault().versions(key);
    } catch (OutsideFault fault) {
      boolean isGone = fault.kind() == OutsideFault.Kind.NOT_FOUND;
      silence = isGone ? null : String.valueOf(fault.getMessage());
    }
    Map<String, KeyId> ids = new LinkedHashMap<>();
    Stream.concat(
            listed.stream()
                .sorted(Comparator.comparing(KeyVersion::created).reversed())
                .map(KeyVersion::id),
            clusters.stream().flatMap(KnownCluster::named).filter(id -> id.key().isSameKeyAs(key)))
        .forEach(id -> ids.putIfAbsent(id.url().toLowerCase(Locale.ROOT), id));
    return new Listed(key, listed, List.copyOf(ids.values()), silence);
  }

  private KeyReport report(Listed key, KnownFleet fleet) {
    List<KeyReport.Version> versions =
        key.ids().stream().map(id -> version(id, key, fleet)).toList();
    @Nullable RotationPolicy policy = null;
    @Nullable PolicyAdvice advice = null;
    @Nullable String policyNotRead = key.silence();
    if (policyNotRead == null) {
      try {
        policy = ports.vault().rotationPolicy(key.key());
        advice = PolicyAdvice.of(key.key(), policy, used(key, versions), now());
      } catch (OutsideFault fault) {
        policyNotRead = String.valueOf(fault.getMessage());
      }
    }
    return new KeyReport(key.key(), versions, policy, advice, policyNotRead, key.silence());
  }

  private KeyReport.Version version(KeyId id, Listed key, KnownFleet fleet) {
    Optional<KeyVersion> listed =
        key.listed().stream().filter(one -> one.id().isSameAs(id)).findFirst();
    @Nullable Instant created = listed.map(KeyVersion::created).orElse(null);
    @Nullable KeptKey standing = key.silence() == null ? KeptKey.of(id, key.listed(), now()) : null;
    return new KeyReport.Version(id, standing, created, RetireVerdict.of(id, created, fleet));
  }

  private static List<KeyVersion> used(Listed key, List<KeyReport.Version> versions) {
    List<KeyVersion> used = new ArrayList<>();
    for (KeyReport.Version version : versions) {
      if (version.verdict() instanceof RetireVerdict.Needed needed
          && needed.needs().stream().anyMatch(need -> USED.contains(need.ground()))) {
        key.listed().stream().filter(one -> one.id().isSameAs(version.id())).forEach(used::add);
      }
    }
    return used;
  }

  private Instant now() {
    return ports.time().instant();
  }
}
