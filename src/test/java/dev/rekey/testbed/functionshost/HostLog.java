package dev.rekey.testbed.functionshost;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** The host's output: its own lines, and what the app logs through java.util.logging. */
public final class HostLog {
  private HostLog() {}

  /** Sends all of java.util.logging here, at INFO and above. */
  public static void takeJavaLogging() {
    LogManager.getLogManager().reset();
    Logger root = Logger.getLogger("");
    root.setLevel(Level.INFO);
    root.addHandler(new Lines(""));
  }

  /** For one call: its lines carry the function's name and the call's id, as the real host's do. */
  public static Logger loggerOf(String function, String invocationId) {
    Logger logger = Logger.getAnonymousLogger();
    logger.setUseParentHandlers(false);
    logger.setLevel(Level.ALL);
    logger.addHandler(new Lines("[Functions.%s %s] ".formatted(function, invocationId)));
    return logger;
  }

  public static void say(String line) {
    say(line, null);
  }

  /** With the stack of what was thrown, where it isn't null. */
  public static void say(String line, Throwable thrown) {
    StringWriter text = new StringWriter();
    text.append(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString()).append(' ').append(line);
    if (thrown != null) {
      text.append(System.lineSeparator());
      thrown.printStackTrace(new PrintWriter(text, true));
    }
    System.out.println(text.toString().stripTrailing());
  }

  private static final class Lines extends Handler {
    private final String start;
    private final Formatter formatter =
        new Formatter() {
          @Override
          public String format(LogRecord line) {
            return formatMessage(line);
          }
        };

    private Lines(String start) {
      this.start = start;
    }

    @Override
    public void publish(LogRecord line) {
      say(line.getLevel() + " " + start + formatter.format(line), line.getThrown());
    }

    @Override
    public void flush() {
      System.out.flush();
    }

    @Override
    public void close() {}
  }
}
