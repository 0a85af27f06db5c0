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
 */
public record Change(KmsSettings from, KmsSettings to, @Nullable KeyId previous) {

  /**
   * The changes that an operation makes one after another.
   *
   * @param previous the version in the previous slot as things are now
   */
  public static List<Change> along(Route route, @Nullable KeyId previous) {
    List<Change> changes = new ArrayList<>();
    for (int stop = 1; stop < route.stops().size(); stop++) {
      KeyId inSlot = stop == 1 ? previous : null;
      changes.add(new Change(route.stops().get(stop - 1), route.stops().get(stop), inSlot));
    }
    return changes;
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
