package dev.rekey.key;

/** Why an event is ignored. */
public enum IgnoredReason {
  TOO_LARGE("too-large", "the text has more than 64 KiB"),
  NOT_JSON("not-json", "the text is no JSON, or is nested too deeply, or names a member twice"),
  NOT_AN_EVENT("not-an-event", "it has neither Event Grid's members nor those of CloudEvents"),
  OTHER_TYPE("other-type", "it is none of Key Vault's three key events"),
  MISSING_KEY_ID("missing-key-id", "its data has no Id"),
  MISLEADING_KEY_ID("misleading-key-id", "its data's Id is not the plain URL of a key version"),
  FOREIGN_HOST("foreign-host", "its data's Id names a host that is no vault of this cloud");

  private final String token;
  private final String sentence;

  IgnoredReason(String token, String sentence) {
    this.token = token;
    this.sentence = sentence;
  }

  /** The stable name that is counted and alerted on. */
  public String token() {
    return token;
  }

  public String sentence() {
    return sentence;
  }
}
