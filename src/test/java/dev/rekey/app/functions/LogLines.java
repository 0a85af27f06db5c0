package dev.rekey.app.functions;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** A logger that keeps its lines, each behind its level. */
final class LogLines extends Handler {
  private final List<String> lines = new ArrayList<>();
  private final Logger logger = Logger.getAnonymousLogger();

  LogLines() {
    logger.setUseParentHandlers(false);
    logger.addHandler(this);
  }

  Logger logger() {
    return logger;
  }

  List<String> lines() {
    return List.copyOf(lines);
  }

  @Override
  public void publish(LogRecord line) {
    lines.add(line.getLevel() + " " + line.getMessage());
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
