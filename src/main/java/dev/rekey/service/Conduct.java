package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.operation.Mode;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * How much Rekey does by itself.
 *
 * @param cloud whose vaults it talks to
 * @param mode for all clusters; a cluster's tag can make it more cautious
 * @param createsVersions whether it makes a new key version when the one in use is about to expire;
 *     otherwise it only says so
 * @param censusEvery how often each cluster's Secrets are counted; null for never
 */
public record Conduct(
    Cloud cloud, Mode mode, boolean createsVersions, @Nullable Period censusEvery) {

  /** Rotates by itself, and counts only when asked to. */
  public static Conduct auto(Cloud cloud) {
    return new Conduct(cloud, Mode.AUTO, true, null);
  }
}
