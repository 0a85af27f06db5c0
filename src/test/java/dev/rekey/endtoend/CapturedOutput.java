package dev.rekey.endtoend;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** All that is printed and logged while it is open; it is printed as well. */
final class CapturedOutput implements AutoCloseable {
  private final ByteArrayOutputStream captured = new ByteArrayOutputStream();
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final Handler log = new Log();

  CapturedOutput() {
    System.setOut(new PrintStream(new Twice(out), true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(new Twice(err), true, StandardCharsets.UTF_8));
    Logger.getLogger("").addHandler(log);
  }

  /** Writes here and there. */
  private final class Twice extends OutputStream {
    private final PrintStream there;

    Twice(PrintStream there) {
      this.there = there;
    }

    @Override
    public void write(int next) {
      captured.write(next);
      there.write(next);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      captured.write(bytes, offset, length);
      there.write(bytes, offset, length);
    }

    @Override
    public void flush() {
      there.flush();
    }
  }

  /** The console's handler holds on to the stream that there was before. */
  private final class Log extends Handler {
    private final SimpleFormatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord line) {
      try {
        captured.write(formatter.format(line).getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void flush() {
      // Nothing waits.
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }

  String text() {
    return captured.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    Logger.getLogger("").removeHandler(log);
  }
}
