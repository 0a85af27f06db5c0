package dev.rekey.operation;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;

/**
 * On what an update to other settings of KMS rests, by what the ledger says or the operation has
 * counted. It is asked by the step that decides to send one, and once more by whoever sends it.
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
   * A count for the very state that ARM shows has found nothing under the version that the update
   * drops; or a person has approved a plan that says that this can't be known (promise K2).
   */
  COUNTED {
    @Override
    public boolean hold(Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
      return false; // the ledger knows of no such count
    }

    @Override
    public boolean hold(
        Operation operation, Ledger ledger, KmsSettings from, KmsSettings to, String etag) {
      return ReadableCount.allowsUpdate(operation, etag);
    }
  };

  /** Those of the phase that an operation is in. */
  public static Grounds of(Operation operation) {
    boolean bringsBack = operation.kind() == Kind.RECOVER_DROPPED_KEY && operation.phase() == 0;
    return bringsBack ? COUNTED : of(operation.kind());
  }

  private static Grounds of(Kind kind) {
    return switch (kind) {
      case ROTATE,
          RECOVER_EXPIRED_KEY,
          RECOVER_DROPPED_KEY,
          ENABLE,
          DISABLE,
          CHANGE_VAULT_ACCESS,
          REENCRYPT,
          CENSUS ->
          PROVED_ON_FROM;
      case RETURN -> PROVED_ON_TO;
    };
  }

  /**
   * Whether the ledger bears out an update.
   *
   * @param etag the state of the cluster that it would be sent for
   */
  public abstract boolean hold(Ledger ledger, KmsSettings from, KmsSettings to, String etag);

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
