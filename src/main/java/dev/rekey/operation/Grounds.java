package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.reencryption.Readability;

/**
 * On what an update to other settings of KMS rests, by what our records say: the ledger, or what
 * the operation has counted. It is asked by the step that decides to send one, and once more by
 * whoever sends it.
 */
public enum Grounds {
  /**
   * Every Secret is proved to lie under what the cluster leaves, in the very state that ARM shows
   * (promise K2).
   */
  PROVED_ON_FROM {
    @Override
    public boolean hold(Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
      ProvedOn proved = ledger.proved();
      return proved != null && proved.holdsFor(from.hash(), to.hash(), etag);
    }
  },

  /**
   * Every Secret was proved to lie under what the cluster goes back to, before it was led away, and
   * nothing else has been in a slot since (promise K4).
   */
  PROVED_ON_TO {
    @Override
    public boolean hold(Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
      ProvedOn proved = ledger.proved();
      KeyId left = from.key();
      KeyId back = to.key();
      return proved != null
          && left != null
          && back != null
          && proved.wasBefore(from.hash(), to.hash())
          && ledger.hasOnlyMoved(back, left);
    }
  },

  /**
   * Every Secret was found readable in the very state that ARM shows, by the operation's own count.
   * That is all that can be known of KMS v1, which a person has approved (promise K8), and enough
   * to turn it off: no key is dropped by that.
   */
  FOUND_READABLE {
    @Override
    public boolean hold(
        Operation operation, Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
      return !to.isOn()
          && operation
              .progress()
              .lastPass(StepName.COUNT)
              .filter(count -> etag.equals(count.etag()))
              .map(Readability::of)
              .filter(Readability::isOfAll)
              .isPresent();
    }
  },

  /**
   * A count for the very state that ARM shows has found nothing under the version that the update
   * drops; or a person has approved a plan that says that this can't be known (promise K2).
   */
  COUNTED {
    @Override
    public boolean hold(
        Operation operation, Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
      return ReadableCount.allowsUpdate(operation, etag);
    }
  };

  /** Those of the present phase of an operation. */
  public static Grounds of(Operation operation) {
    return switch (operation.kind()) {
      case ROTATE, RECOVER_EXPIRED_KEY, ENABLE, DISABLE, CHANGE_VAULT_ACCESS, REENCRYPT, CENSUS ->
          PROVED_ON_FROM;
      case MIGRATE_TO_KMS_V2 -> operation.before().isOn() ? FOUND_READABLE : PROVED_ON_FROM;
      case RECOVER_DROPPED_KEY -> operation.phase() == 0 ? COUNTED : PROVED_ON_FROM;
      case RETURN -> PROVED_ON_TO;
    };
  }

  /**
   * Whether the ledger alone bears out an update: never what only the operation has counted.
   *
   * @param etag the state of the cluster that it would be sent for
   */
  public boolean hold(Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
    return false;
  }

  /**
   * Whether the ledger, and what the operation has found out itself, bear out an update.
   *
   * @param etag the state of the cluster that it would be sent for
   */
  public boolean hold(
      Operation operation, Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
    return hold(ledger, from, to, etag);
  }
}
