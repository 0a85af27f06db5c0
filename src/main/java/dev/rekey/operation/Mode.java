package dev.rekey.operation;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

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
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (tag.getKey().equalsIgnoreCase(TAG)) {
        Mode asked = of(tag.getValue()).orElse(OBSERVE);
        return asked.compareTo(this) > 0 ? asked : this;
      }
    }
    return this;
  }
}
