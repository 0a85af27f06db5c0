package dev.rekey.storage;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long an answer asks to wait: in the header of RFC 9110, 10.2.3, or in Azure's own two. */
final class RetryAfter {
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
  private static final List<HttpHeaderName> IN_MILLISECONDS =
      List.of(
          HttpHeaderName.fromString("retry-after-ms"),
          HttpHeaderName.fromString("x-ms-retry-after-ms"));

  private RetryAfter() {}

  /** Never negative; null if the answer does not say, or in a way that can't be understood. */
  static @Nullable Duration in(HttpHeaders headers, Instant now) {
    for (HttpHeaderName name : IN_MILLISECONDS) {
      String text = text(headers.getValue(name));
      if (NUMBER.matcher(text).matches()) {
        return Duration.ofMillis(Long.parseLong(text));
      }
    }
    return secondsOrDate(text(headers.getValue(HttpHeaderName.RETRY_AFTER)), now);
  }

  private static @Nullable Duration secondsOrDate(String text, Instant now) {
    if (NUMBER.matcher(text).matches()) {
      return Duration.ofSeconds(Long.parseLong(text));
    }
    try {
      Instant then = DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from);
      return then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
    } catch (DateTimeException neither) {
      return null;
    }
  }

  private static String text(@Nullable String header) {
    return header == null ? "" : header.strip();
  }
}
