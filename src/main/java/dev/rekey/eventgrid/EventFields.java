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
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }
}
