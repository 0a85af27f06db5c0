package dev.rekey.reencryption;

/** How an empty patch is sent. */
public enum PatchMode {
  /** Rewrites the stored object if, and only if, it is stale. */
  APPLY,
  /**
   * The same, each over a connection of its own: where API servers answer differently, it reaches
   * another one when it is sent again.
   */
  APPLY_AFRESH,
  /** Reads the stored object and writes nothing, whatever its state. */
  DRY_RUN;

  /** Whether what is stale is rewritten. */
  public boolean writes() {
    return this != DRY_RUN;
  }
}
