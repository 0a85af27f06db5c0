package dev.rekey.reencryption;

/** The rounds of empty patches over all Secrets. */
public enum PassKind {
  /** Rewrites what is stale. */
  WRITE(PatchMode.APPLY),
  /**
   * Rewrites what some API server can still read, looking for such a server. What it finds proves
   * nothing.
   */
  RESCUE(PatchMode.APPLY_AFRESH),
  /** Looks once more: whatever is stale now was written in between. */
  PROOF(PatchMode.APPLY),
  /** Counts under which key each Secret lies, without a write. */
  COUNT(PatchMode.DRY_RUN),
  /**
   * Sees of each Secret, without a write, whether it can be read and what would stand against
   * writing it.
   */
  TRIAL(PatchMode.DRY_RUN);

  private final PatchMode mode;

  PassKind(PatchMode mode) {
    this.mode = mode;
  }

  public PatchMode mode() {
    return mode;
  }

  /** Whether it leaves every Secret as it is. */
  public boolean isDry() {
    return mode == PatchMode.DRY_RUN;
  }

  /** Whether a Secret that moves was stale, and no longer is. */
  public boolean rewrites() {
    return this == WRITE || this == RESCUE;
  }
}
