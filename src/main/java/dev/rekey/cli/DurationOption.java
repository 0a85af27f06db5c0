package dev.rekey.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code 30m}, {@code 1h30m} or {@code PT30M}. */
final class DurationOption implements ITypeConverter<Duration> {
  private static final Pattern SHORT = Pattern.compile("(\\d+h)?(\\d+m)?(\\d+s)?");

  @Override
  public Duration convert(String text) {
    boolean isShort = !text.isEmpty() && SHORT.matcher(text).matches();
    try {
      Duration duration = Duration.parse(isShort ? "PT" + text.toUpperCase(Locale.ROOT) : text);
      if (duration.compareTo(Duration.ZERO) > 0) {
        return duration;
      }
    } catch (DateTimeException | ArithmeticException noDuration) {
      // The same message as for one that isn't positive.
    }
    throw new TypeConversionException(
        "'" + text + "' is no time; expected one above zero, such as 30m, 1h30m or PT30M");
  }
}
