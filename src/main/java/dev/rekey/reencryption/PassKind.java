package dev.rekey.reencryption;

/** The rounds of empty patches over all Secrets. */
public enum PassKind {
  /** Rewrites what is stale. */
  WRITE(PatchMode.APPLY),
  /** Looks once more: whatever is stale now was written in between. */
  PROOF(PatchMode.APPLY),
  /** Counts under which key each Secret lies, without a write. */
  COUNT(PatchMode.DRY_RUN);

  private final PatchMode mode;

  PassKind(PatchMode mode) {
    this.mode = mode;
  }

  public PatchMode mode() {
    return mode;
  }
}
