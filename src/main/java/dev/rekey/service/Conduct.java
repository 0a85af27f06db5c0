package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.operation.Mode;

/**
 * How much Rekey does by itself.
 *
 * @param cloud whose vaults it talks to
 * @param mode for all clusters; a cluster's tag can make it more cautious
 * @param createsVersions whether it makes a new key version when the one in use is about to expire
 */
public record Conduct(Cloud cloud, Mode mode, boolean createsVersions) {

  /** Everything by itself: the simulation, and a person at a command line. */
  public static final Conduct ALONE = new Conduct(Cloud.PUBLIC, Mode.AUTO, true);
}
