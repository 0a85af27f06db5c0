package dev.rekey.operation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How much Rekey does to a cluster by itself; later ones are more cautious. */
public enum Mode {
  /** Rotates when a new key version is there. */
  AUTO("auto"),
  /**
   * Begins what is due, and changes nothing before a person has approved the plan. What a person
   * asks for goes on at once.
   */
  APPROVE("approve"),
  /** Looks, plans and alerts; changes nothing, whoever asks. */
  OBSERVE("observe");

  /** The tag of a cluster that makes Rekey more cautious with it. */
  public static final String TAG = "rekey-mode";

  private final String token;

  Mode(String token) {
    this.token = token;
  }

  public String token() {
    return token;
  }

  /** The mode of a token, whatever its case and the spaces around it. */
  public static Optional<Mode> of(String token) {
    String wanted = token.strip().toLowerCase(Locale.ROOT);
    for (Mode mode : values()) {
      if (mode.token.equals(wanted)) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  /**
   * The mode for a cluster: this one, or a more cautious one that its tag asks for. A tag that
   * can't be read asks for the most cautious one.
   *
   * @param tags the cluster's tags; ARM ignores the case of their names
   */
  public Mode with(Map<String, String> tags) {
    return asked(tags)
        .map(asked -> of(asked).orElse(OBSERVE))
        .reduce(this, (one, other) -> other.compareTo(one) > 0 ? other : one);
  }

  /** Whether the tag names a mode, or there is none. */
  public static boolean isReadable(Map<String, String> tags) {
    return asked(tags).allMatch(asked -> of(asked).isPresent());
  }

  private static Stream<String> asked(Map<String, String> tags) {
    return tags.entrySet().stream()
        .filter(tag -> tag.getKey().equalsIgnoreCase(TAG))
        .map(Map.Entry::getValue);
  }
}
