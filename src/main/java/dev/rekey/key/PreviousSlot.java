package dev.rekey.key;

import org.jspecify.annotations.Nullable;

/**
 * What our records tell of the previous slot, which AKS doesn't show.
 *
 * @param version the key version in it; null where none is known
 */
public record PreviousSlot(Knowledge knowledge, @Nullable KeyId version) {

  /** How well it is known. The token is stable. */
  public enum Knowledge {
    /** The cluster was met with the key version that it is on, and nothing has moved since. */
    UNKNOWN("unknown"),
    /** KMS was turned on while we knew the cluster: nothing was in use before. */
    EMPTY("empty"),
    /** An operation of ours has moved it there. */
    KNOWN("known"),
    /**
     * Somebody else has moved the cluster on. It was the current one when we last looked; of two
     * moves between two looks the first shows nowhere.
     */
    PRESUMED("presumed");

    private final String token;

    Knowledge(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }

  public static final PreviousSlot UNKNOWN = new PreviousSlot(Knowledge.UNKNOWN, null);
  public static final PreviousSlot EMPTY = new PreviousSlot(Knowledge.EMPTY, null);

  static PreviousSlot known(KeyId version) {
    return new PreviousSlot(Knowledge.KNOWN, version);
  }

  /** By the last entry that says what became of the slot. */
  static PreviousSlot of(LedgerEntry entry) {
    if (entry.slot() != LedgerEntry.Slot.PREVIOUS) {
      return EMPTY; // both slots began anew
    }
    return entry.operationId() == null
        ? new PreviousSlot(Knowledge.PRESUMED, entry.key())
        : known(entry.key());
  }

  /** Whether nothing but what an operation of ours has done is behind it. */
  public boolean isKnown() {
    return knowledge == Knowledge.KNOWN || knowledge == Knowledge.EMPTY;
  }
}
