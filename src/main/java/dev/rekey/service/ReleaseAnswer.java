package dev.rekey.service;

import dev.rekey.fleet.WaveRelease;
import dev.rekey.key.VaultKey;

/** What became of the wish to release waves. */
public sealed interface ReleaseAnswer {

  /** They are released, by this request or by the same one before. */
  record Released(VaultKey key, WaveRelease release) implements ReleaseAnswer {}

  /** Nothing was done. */
  record Declined(Cause cause) implements ReleaseAnswer {}

  /** Why nothing was done. */
  enum Cause {
    UNKNOWN_KEY(
        "unknown-key",
        "no cluster in scope uses a key of this name",
        "take the name of the vault, a dot, and the name of the key"),
    UNKNOWN_VERSION(
        "unknown-version",
        "the key has no such version that can be used",
        "name the last part of the URL of a version, or leave it out for the newest"),
    NOTHING_TO_RELEASE(
        "nothing-to-release",
        "every cluster that uses the key is on this version or a newer one",
        "see with GET /api/clusters what a cluster waits for"),
    REQUEST_KEY_REUSED(
        "request-key-reused",
        "the Idempotency-Key was sent before with another request",
        "send a new one");

    private final String token;
    private final String sentence;
    private final String remedy;

    Cause(String token, String sentence, String remedy) {
      this.token = token;
      this.sentence = sentence;
      this.remedy = remedy;
    }

    public String token() {
      return token;
    }

    public String sentence() {
      return sentence;
    }

    public String remedy() {
      return remedy;
    }
  }
}
