package dev.rekey.eventgrid;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an envelope says beside its data. Nothing here decides anything; what can't be read is left
 * out.
 */
final class EventFields {
  /**
   * Four digits of a year are all that RFC 3339 has, and all that an envelope can be written with.
   */
  private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999999Z");

  private static final Pattern PLAIN_ID = Pattern.compile("[0-9a-zA-Z._-]{1,100}");

  private EventFields() {}

  /** The sender's id, if it is plain enough to be logged. */
  static Optional<String> id(Members envelope) {
    return envelope.text("id").filter(id -> PLAIN_ID.matcher(id).matches());
  }

  static Optional<Instant> time(Members envelope) {
    return envelope.text("eventTime").or(() -> envelope.text("time")).flatMap(EventFields::instant);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant())
          .filter(time -> !time.isBefore(EARLIEST) && !time.isAfter(LATEST));
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
