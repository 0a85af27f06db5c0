package dev.rekey.service;

import dev.rekey.fleet.WaveRelease;
import dev.rekey.fleet.WaveReleases;
import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.service.ReleaseAnswer.Cause;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Lets waves of a key go to a version though an earlier one isn't proved on it, because somebody
 * says so. What is released begins at the timer's next look.
 *
 * <ol>
 *   <li>A release is stored with who gave it and why. Never one that nobody can be asked about.
 *   <li>It is bound to one version that can be used. Never is a version released that nobody has
 *       seen yet.
 *   <li>Only for a key that a cluster in scope uses: no other vault is ever asked.
 *   <li>The same request again changes nothing.
 * </ol>
 */
public final class ReleaseWave {
  /** Against others who release at the same time. */
  private static final int MOST_TRIES = 5;

  private final Ports ports;
  private final Conduct conduct;

  public ReleaseWave(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Releases.
   *
   * @throws dev.rekey.service.port.OutsideFault if ARM, the vault or storage gives no answer
   * @throws Conflict if others store faster than it can: ask again
   */
  public ReleaseAnswer release(ReleaseRequest request) {
    FoundClusters found = ports.clusters().find();
    List<KeyId> inUse =
        found.clusters().stream()
            .flatMap(cluster -> Ledgers.parse(cluster.keyId(), conduct.cloud()).stream())
            .filter(used -> used.key().shortName().equals(request.key()))
            .toList();
    if (inUse.isEmpty()) {
      found.all(); // whatever uses it may be what could not be looked at
      return new ReleaseAnswer.Declined(Cause.UNKNOWN_KEY);
    }
    VaultKey key = inUse.get(0).key();
    for (int attempt = 1; ; attempt++) {
      try {
        return release(request, key, inUse);
      } catch (Conflict faster) {
        if (attempt == MOST_TRIES) {
          throw faster;
        }
      }
    }
  }

  private ReleaseAnswer release(ReleaseRequest request, VaultKey key, List<KeyId> inUse) {
    Optional<Stored<WaveReleases>> before = ports.records().waveReleases(key);
    WaveReleases known = before.map(Stored::value).orElse(WaveReleases.NONE);
    Optional<WaveRelease> again = known.of(request.requestKey());
    if (again.isPresent()) {
      return request.asksFor(again.get())
          ? new ReleaseAnswer.Released(key, again.get())
          : new ReleaseAnswer.Declined(Cause.REQUEST_KEY_REUSED);
    }
    List<KeyVersion> versions = ports.vault().versions(key);
    Optional<KeyVersion> version = wanted(request, versions);
    if (version.isEmpty()) {
      return new ReleaseAnswer.Declined(Cause.UNKNOWN_VERSION);
    }
    if (inUse.stream().noneMatch(used -> isOlder(used, version.get(), versions))) {
      return new ReleaseAnswer.Declined(Cause.NOTHING_TO_RELEASE);
    }
    WaveRelease release = request.of(version.get().id(), ports.time().instant());
    ports.records().release(key, known.with(release), before.orElse(null));
    ports
        .signals()
        .tell("wave-released", "by-a-person", release.version() + ", by " + release.actor());
    return new ReleaseAnswer.Released(key, release);
  }

  /** The version that is named, or the newest; in either case one that can be used. */
  private Optional<KeyVersion> wanted(ReleaseRequest request, List<KeyVersion> versions) {
    Instant now = ports.time().instant();
    String named = request.version();
    return versions.stream()
        .filter(version -> version.fitnessAt(now) == KeyFitness.FIT)
        .filter(version -> named == null || version.id().version().equalsIgnoreCase(named))
        .max(Comparator.comparing(KeyVersion::created));
  }

  private static boolean isOlder(KeyId used, KeyVersion target, List<KeyVersion> versions) {
    return versions.stream()
        .filter(version -> version.id().isSameAs(used))
        .map(KeyVersion::created)
        .noneMatch(created -> !created.isBefore(target.created()));
  }
}
