package dev.rekey.storage;

/** A text in a queue that is no message of ours. Nothing of it is quoted. */
public final class UnreadableMessage extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Cause why;

  /** Why it is none. */
  public enum Cause {
    TOO_LARGE("too-large"),
    NOT_JSON("not-json"),
    /** It names no schema, or not that of a message. */
    FOREIGN("foreign"),
    /** A version of the schema that this release doesn't know. */
    OTHER_SCHEMA("other-schema"),
    OTHER_KIND("other-kind"),
    OTHER_MEMBERS("other-members"),
    OTHER_FORM("other-form");

    private final String token;

    Cause(String token) {
      this.token = token;
    }

    public String token() {
      return token;
    }
  }

  UnreadableMessage(Cause why) {
    super("the text is no message of Rekey's: " + why.token());
    this.why = why;
  }

  public Cause why() {
    return why;
  }
}
