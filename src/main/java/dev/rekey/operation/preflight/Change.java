package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Route;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change of KMS on one cluster.
 *
 * @param from what the cluster is told now
 * @param to what it shall be told
 * @param previous the version in the previous slot, by our own records: ARM doesn't show it; null
 *     if they don't hold it
 * @param changesVault whether the vault is opened or closed before, so that it is reached another
 *     way
 * @param leavesKmsV1 whether it is a part of the way from KMS v1 to KMS v2, with an upgrade of
 *     Kubernetes on it
 */
public record Change(
    KmsSettings from,
    KmsSettings to,
    @Nullable KeyId previous,
    boolean changesVault,
    boolean leavesKmsV1) {

  /** One that has nothing to do with KMS v1. */
  public Change(KmsSettings from, KmsSettings to, @Nullable KeyId previous, boolean changesVault) {
    this(from, to, previous, changesVault, false);
  }

  /** One that takes the vault as it is. */
  public Change(KmsSettings from, KmsSettings to, @Nullable KeyId previous) {
    this(from, to, previous, false);
  }

  /**
   * The changes that an operation makes one after another.
   *
   * @param previous the version in the previous slot as things are now
   */
  public static List<Change> along(Route route, @Nullable KeyId previous) {
    List<KmsSettings> stops = route.stops();
    List<Change> changes = new ArrayList<>();
    for (int stop = 1; stop < stops.size(); stop++) {
      KmsSettings to = stops.get(stop);
      boolean changesVault = stops.subList(0, stop).stream().anyMatch(to::reachesOtherwise);
      changes.add(
          new Change(
              stops.get(stop - 1), to, stop == 1 ? previous : null, stop > 1 && changesVault));
    }
    return changes;
  }

  /** The same as a part of the way from KMS v1 to KMS v2. */
  public Change leavingKmsV1() {
    return new Change(from, to, previous, changesVault, true);
  }

  /** Whether API servers name the keys that they read with now. */
  public boolean startsFromNamedKeys() {
    return from.isOn() && !leavesKmsV1;
  }

  /** The settings whose vault must serve: those to come, or those so far where KMS goes off. */
  KmsSettings serving() {
    return to.isOn() ? to : from;
  }

  /** Whether the vault that must serve is reached over its private endpoint already. */
  boolean isAttached() {
    return from.isOn() && from.access() == NetworkAccess.PRIVATE && keepsVault();
  }

  /** Whether KMS is turned off: the way out of a state that AKS does not support. */
  boolean turnsOff() {
    return from.isOn() && !to.isOn();
  }

  /** Whether the key to come lies in the vault so far. */
  boolean keepsVault() {
    KeyId before = from.key();
    KeyId after = to.key();
    return before != null
        && after != null
        && before.key().vaultHost().equals(after.key().vaultHost());
  }
}
