package dev.rekey.telemetry;

import dev.rekey.fleet.AlertName;
import dev.rekey.service.port.Signals;
import java.util.Arrays;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes each signal as one line, {@code rekey <name> <reason>}, with its detail behind it. What a
 * person should see is a warning; all else is information. Alerts match these lines.
 */
public final class LoggedSignals implements Signals {
  /**
   * Besides alerts, those that need a person, or show that something is lost, broken or hostile.
   */
  private static final Set<String> WARNINGS =
      Set.of(
          "cluster-not-looked-at",
          "foreign-key-found",
          "key-event-expired",
          "key-event-foreign",
          "key-near-expiry",
          "key-not-looked-at",
          "message-failed",
          "message-found-lost",
          "message-given-up",
          "message-unreadable",
          "mode-unreadable",
          "operation-refused",
          "operation-stalled",
          "promise-broken",
          "outside-fault",
          "poison-messages",
          "poison-not-counted",
          "scope-not-looked-at",
          "wave-unreadable",
          "window-unreadable");

  private static final int MOST_CHARACTERS = 1000;

  private final Logger logger;

  /** Signals of one call: only the logger that came with it ties its lines to it. */
  public LoggedSignals(Logger logger) {
    this.logger = logger;
  }

  @Override
  public void count(String name, String reason) {
    logger.log(level(name), () -> line("rekey " + name + " " + reason));
  }

  @Override
  public void tell(String name, String reason, String detail) {
    logger.log(level(name), () -> line("rekey " + name + " " + reason + ": " + detail));
  }

  private static Level level(String name) {
    return WARNINGS.contains(name) || isAlert(name) ? Level.WARNING : Level.INFO;
  }

  private static boolean isAlert(String name) {
    return Arrays.stream(AlertName.values()).anyMatch(alert -> alert.token().equals(name));
  }

  /** One line, whatever went into it: a line break would let a text pose as another signal. */
  private static String line(String text) {
    String single = text.replaceAll("\\p{Cntrl}+", " ");
    return single.length() <= MOST_CHARACTERS ? single : single.substring(0, MOST_CHARACTERS);
  }
}
