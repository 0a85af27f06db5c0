package dev.rekey.reencryption;

/** How an empty patch is sent. */
public enum PatchMode {
  /** Rewrites the stored object if, and only if, it is stale. */
  APPLY,
  /** Reads the stored object and writes nothing, whatever its state. */
  DRY_RUN
}
