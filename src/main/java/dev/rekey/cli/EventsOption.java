package dev.rekey.cli;

import dev.rekey.app.simulated.Arrival;
import dev.rekey.key.KeyEventType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads {@code created:2,near-expiry:1,expired:2}: events by type and version of the key, in the
 * order in which they arrive.
 */
final class EventsOption {
  /** As many versions of the key as a world has to which events come in an order of their own. */
  private static final Pattern VERSION = Pattern.compile("[1-3]");

  private static final String FORM =
      "events such as created:2,near-expiry:1,expired:2, of versions 1 to 3";

  private EventsOption() {}

  /** The events that can be read, and in {@code bad} each that can't. */
  static List<Arrival> parse(String text, BadOptions bad) {
    List<Arrival> arrivals = new ArrayList<>();
    for (String item : text.split(",", -1)) {
      String[] parts = item.strip().split(":", 2);
      Optional<KeyEventType> type = type(parts[0]);
      if (type.isPresent() && parts.length == 2 && VERSION.matcher(parts[1]).matches()) {
        arrivals.add(new Arrival(type.get(), Integer.parseInt(parts[1])));
      } else {
        bad.add("--events '" + item.strip() + "'", FORM);
      }
    }
    return arrivals;
  }

  private static Optional<KeyEventType> type(String token) {
    return Arrays.stream(KeyEventType.values())
        .filter(type -> token(type).equals(token))
        .findFirst();
  }

  private static String token(KeyEventType type) {
    return switch (type) {
      case NEW_VERSION_CREATED -> "created";
      case NEAR_EXPIRY -> "near-expiry";
      case EXPIRED -> "expired";
    };
  }
}
