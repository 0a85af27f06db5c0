package dev.rekey.operation;

import dev.rekey.key.KeyIdHash;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What was seen before a key version is brought back that AKS has dropped.
 *
 * @param shownBy what tells that it is this one that is missing; null until it is checked
 * @param unreadable Secrets that can't be decrypted, as far as they were looked at
 * @param whole whether each Secret was looked at
 * @param reach how far the API servers answered at the last look
 * @param countable whether the plan is to count what lies under which key; once it is said that
 *     this can't be done, only that it may still be tried
 * @param counted Secrets under each key just before it was made current, those that can't be
 *     decrypted aside; null before, and where they could not be counted
 * @param unknown those that could not be decrypted then
 */
public record DroppedKey(
    @Nullable Sign shownBy,
    long unreadable,
    boolean whole,
    Reach reach,
    boolean countable,
    @Nullable Map<KeyIdHash, Long> counted,
    long unknown) {

  public DroppedKey {
    counted = counted == null ? null : Collections.unmodifiableMap(new TreeMap<>(counted));
  }

  /** What was seen by looks. */
  public DroppedKey(long unreadable, boolean whole, Reach reach) {
    this(null, unreadable, whole, reach, reach == Reach.ALL, null, 0);
  }

  /** How far the API servers answer. */
  public enum Reach {
    /** All Secrets can be listed, and each API server was seen. */
    ALL,
    /** Each API server was seen, but there are namespaces that can't be listed to the end. */
    SOME,
    /** There is no answer, or a live API server that can't be seen. */
    NONE
  }

  /** With what tells that it is this one. */
  public DroppedKey shownBy(Sign sign) {
    return new DroppedKey(sign, unreadable, whole, reach, countable, counted, unknown);
  }

  /**
   * After another look: what can't be counted once isn't promised to be any more. What was seen of
   * the Secrets stays where there was no answer.
   */
  public DroppedKey then(DroppedKey later) {
    DroppedKey seen = later.reach == Reach.NONE ? this : later;
    return new DroppedKey(
        shownBy,
        seen.unreadable,
        seen.whole,
        later.reach,
        countable && later.countable,
        counted,
        unknown);
  }

  /** What tells that a key version is the missing one. */
  public enum Sign {
    /** It was in a slot when everything was proved for the last time, or since. */
    LEDGER("ledger", "the ledger has seen it in a slot, and nothing proved since"),
    /** An API server has read under it since it started, and no longer does. */
    API_SERVER("api-server", "an API server that hasn't restarted since still tells of it"),
    /** It is the newest that no slot holds, of those that nothing speaks against. */
    ORDER("order", "nothing shows which one is missing: it is the newest that is in no slot"),
    /** It was in a slot before, and left it with nothing under it, as far as was counted. */
    AGAIN(
        "again",
        "nothing that could be read was left under it when the cluster left it, so it is unlikely:"
            + " what is likelier was tried, or can't be had"),
    /** Somebody has named it. */
    PERSON("person", "nothing shows that it is the missing one, but somebody has named it");

    private final String token;
    private final String sentence;

    Sign(String token, String sentence) {
      this.token = token;
      this.sentence = sentence;
    }

    public String token() {
      return token;
    }

    public String sentence() {
      return sentence;
    }
  }

  /** Whether it is certain that every Secret can be decrypted. */
  public boolean isNothingUnreadable() {
    return unreadable == 0 && whole && reach == Reach.ALL;
  }

  /** The same where it can't be counted what lies under which key. */
  public DroppedKey notCountable() {
    return new DroppedKey(shownBy, unreadable, whole, reach, false, counted, unknown);
  }

  /** With what lay under each key just before. */
  DroppedKey counted(Map<KeyIdHash, Long> reads, long notDecrypted) {
    return new DroppedKey(
        shownBy, unreadable, whole, reach, countable, Objects.requireNonNull(reads), notDecrypted);
  }
}
