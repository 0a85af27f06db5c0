package dev.rekey.operation.preflight;

/** What a check came to. */
public enum Verdict {
  PASSED("passed"),
  /** The change must not begin. */
  FAILED("failed"),
  /** The change may begin; somebody should know of this. */
  WARNED("warned"),
  /** Something that the check needs could not be read. */
  CANNOT_TELL("cannot-tell");

  private final String token;

  Verdict(String token) {
    this.token = token;
  }

  /** How much it says against a change. */
  int gravity() {
    return switch (this) {
      case PASSED -> 0;
      case WARNED -> 1;
      case CANNOT_TELL -> 2;
      case FAILED -> 3;
    };
  }

  public String token() {
    return token;
  }
}
