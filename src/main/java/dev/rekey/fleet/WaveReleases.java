package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What persons have released of the waves of one key, oldest first: those of the version that was
 * released last. Those of another version are forgotten, since a newer one begins anew.
 */
public record WaveReleases(List<WaveRelease> all) {
  public static final WaveReleases NONE = new WaveReleases(List.of());

  /** One row must hold them. */
  private static final int MOST = 20;

  public WaveReleases {
    all = List.copyOf(all);
  }

  public WaveReleases with(WaveRelease release) {
    List<WaveRelease> kept = new ArrayList<>(all);
    kept.removeIf(earlier -> !earlier.version().isSameAs(release.version()));
    kept.add(release);
    return new WaveReleases(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
  }

  /** The last release by which a wave may go to a version. */
  public Optional<WaveRelease> allowing(Wave wave, KeyId target) {
    return all.stream()
        .filter(release -> release.allows(wave, target))
        .reduce((earlier, later) -> later);
  }

  /** The release that came of a request. */
  public Optional<WaveRelease> of(String requestKey) {
    return all.stream().filter(release -> release.requestKey().equals(requestKey)).findFirst();
  }
}
