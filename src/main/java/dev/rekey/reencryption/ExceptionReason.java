package dev.rekey.reencryption;

/** Why a Secret could not be rewritten. The token is stable: users see it and alerts match it. */
public enum ExceptionReason {
  INVALID("invalid", "today's validation refuses the stored object (422)"),
  DENIED_BY_POLICY("denied-by-policy", "a validating admission policy denies the update"),
  DENIED_BY_WEBHOOK("denied-by-webhook", "an admission webhook denies the update"),
  WEBHOOK_UNREACHABLE("webhook-unreachable", "an admission webhook that must answer does not"),
  DRY_RUN_UNSUPPORTED(
      "dry-run-unsupported",
      "an admission webhook does not support dry runs, so nobody can tell what it would say"),
  FORBIDDEN("forbidden", "the identity may not patch it"),
  UNDECRYPTABLE("undecryptable", "the API server can't decrypt the stored object"),
  UNSETTLED("unsettled", "it moves on every look: something alters it on each write"),
  UNREACHABLE("unreachable", "no answer after the last allowed try"),
  NAMESPACE_UNLISTABLE("namespace-unlistable", "its namespace can't be listed to the end"),
  REJECTED("rejected", "the API server rejects the request for another reason");

  private final String token;
  private final String sentence;

  ExceptionReason(String token, String sentence) {
    this.token = token;
    this.sentence = sentence;
  }

  /**
   * Whether the API server certainly read the stored object and could decrypt it, so that its
   * counters speak for this Secret too. Admission comes after that reading; a missing right or an
   * answer that never came says nothing.
   */
  public boolean wasRead() {
    return switch (this) {
      case INVALID,
          DENIED_BY_POLICY,
          DENIED_BY_WEBHOOK,
          WEBHOOK_UNREACHABLE,
          DRY_RUN_UNSUPPORTED,
          UNSETTLED ->
          true;
      case FORBIDDEN, UNDECRYPTABLE, UNREACHABLE, NAMESPACE_UNLISTABLE, REJECTED -> false;
    };
  }

  /** Whether a dry run that meets it says what a real patch would meet. */
  public boolean isToldByDryRun() {
    return this != DRY_RUN_UNSUPPORTED && this != UNREACHABLE;
  }

  /** Whether it comes of a stored object that the API server can't decrypt. */
  boolean isOfDecryption() {
    return this == UNDECRYPTABLE || this == NAMESPACE_UNLISTABLE;
  }

  public String token() {
    return token;
  }

  public String sentence() {
    return sentence;
  }
}
