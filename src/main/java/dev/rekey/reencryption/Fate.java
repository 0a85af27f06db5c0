package dev.rekey.reencryption;

/** How a Secret ended in a pass. */
public enum Fate {
  REWRITTEN,
  CURRENT,
  DELETED,
  EXCEPTION
}
