package dev.rekey.testbed.functionshost;

import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The app's settings: its environment variables. */
public record AppSettings(Map<String, String> values) {
  private static final Pattern REFERENCE = Pattern.compile("%([^%]+)%");

  /** Empty where it isn't set; an empty text where it is set to nothing. */
  public Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /**
   * With each {@code %NAME%} replaced by that setting.
   *
   * @throws IllegalArgumentException where one isn't set
   */
  public String resolve(String text) {
    return REFERENCE.matcher(text).replaceAll(this::value);
  }

  private String value(MatchResult reference) {
    String name = reference.group(1);
    return get(name)
        .orElseThrow(
            () -> new IllegalArgumentException("%" + name + "% does not resolve to a value"));
  }
}
