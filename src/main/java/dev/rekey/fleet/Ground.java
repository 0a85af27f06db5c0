package dev.rekey.fleet;

/** On what ground a cluster needs a key version. The tokens are stable. */
public enum Ground {
  CURRENT("current", "new writes use it"),
  PREVIOUS("previous", "AKS holds it beside the current one until the next rotation is proved"),
  KEPT("kept", "KMS is off, and AKS goes on using it"),
  MAYBE(
      "maybe",
      "it may be in a slot: since the last proved rotation began it was in one, or was sent to one"),
  SECRETS("none", "Secrets were found under it"),
  OPERATION("none", "an operation that is under way starts from it, or leads to it"),
  TARGET("none", "it is the newest that can be used, so the cluster is to be rotated to it");

  private final String slot;
  private final String sentence;

  Ground(String slot, String sentence) {
    this.slot = slot;
    this.sentence = sentence;
  }

  /** {@code current}, {@code previous}, {@code kept} or {@code maybe}; {@code none} for no slot. */
  public String slot() {
    return slot;
  }

  /** What it is called: its name in lower case. */
  public String token() {
    return switch (this) {
      case CURRENT -> "current-slot";
      case PREVIOUS -> "previous-slot";
      case KEPT -> "kept-though-off";
      case MAYBE -> "maybe-in-a-slot";
      case SECRETS -> "secrets-under-it";
      case OPERATION -> "operation-under-way";
      case TARGET -> "to-be-rotated-to";
    };
  }

  public String sentence() {
    return sentence;
  }
}
