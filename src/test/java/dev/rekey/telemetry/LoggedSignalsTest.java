package dev.rekey.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LoggedSignalsTest {
  private final List<LogRecord> lines = new ArrayList<>();
  private final LoggedSignals signals = new LoggedSignals(logger(lines));

  @Test
  void whatAPersonShouldSee_isAWarning() {
    signals.count("operation-stalled", "foreign-key-stored");
    signals.tell("poison-messages", "rekey-shards-poison", "3");

    assertThat(lines)
        .extracting(LogRecord::getLevel, LogRecord::getMessage)
        .containsExactly(
            tuple(Level.WARNING, "rekey operation-stalled foreign-key-stored"),
            tuple(Level.WARNING, "rekey poison-messages rekey-shards-poison: 3"));
  }

  @Test
  void everythingElse_isInformation() {
    signals.count("message-dropped", "earlier-turn");

    assertThat(lines)
        .extracting(LogRecord::getLevel, LogRecord::getMessage)
        .containsExactly(tuple(Level.INFO, "rekey message-dropped earlier-turn"));
  }

  @Test
  void aLineBreakInADetail_makesNoSecondLine() {
    signals.tell("outside-fault", "ARM/BUSY", "wait\r\nrekey operation-stalled forged");

    assertThat(lines.get(0).getMessage())
        .isEqualTo("rekey outside-fault ARM/BUSY: wait rekey operation-stalled forged");
  }

  @Test
  void aPlaceholderInADetail_isLeftAsItIs() {
    signals.tell("outside-fault", "ARM/BUSY", "{0} '{'");

    assertThat(lines.get(0).getMessage()).endsWith("{0} '{'");
    assertThat(lines.get(0).getParameters()).isNull();
  }

  @Test
  void aLongDetail_isCut() {
    signals.tell("outside-fault", "ARM/BUSY", "x".repeat(5000));

    assertThat(lines.get(0).getMessage()).hasSize(1000);
  }

  private static Logger logger(List<LogRecord> lines) {
    Logger logger = Logger.getAnonymousLogger();
    logger.setUseParentHandlers(false);
    logger.addHandler(
        new Handler() {
          @Override
          public void publish(LogRecord line) {
            lines.add(line);
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        });
    return logger;
  }
}
