package dev.rekey.kubernetes;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Picks a few families out of a {@code /metrics} of some megabytes. Other lines are passed over as
 * bytes; no more than one line is ever held.
 */
final class MetricLines {
  /** Lines of the families we read have some 400 bytes. */
  private static final int MOST_BYTES = 64 * 1024;

  private final InputStream body;
  private final List<byte[]> starts;
  private final byte[] buffer = new byte[16 * 1024];
  private final byte[] line = new byte[MOST_BYTES];

  /** What to do with a line of a wanted family. */
  interface LineVisitor {
    void visit(MetricLine line) throws NotUnderstood;
  }

  /**
   * @param starts how the names of the wanted families begin
   */
  MetricLines(InputStream body, List<String> starts) {
    this.body = body;
    this.starts = starts.stream().map(start -> start.getBytes(StandardCharsets.UTF_8)).toList();
  }

  /**
   * @throws EOFException if the last line has no end: the text is cut off
   */
  void each(LineVisitor visitor) throws IOException {
    int length = 0;
    for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
      for (int i = 0; i < read; i++) {
        if (buffer[i] == '\n') {
          visit(length, visitor);
          length = 0;
        } else {
          // What a line has beyond the limit is dropped; a wanted line of that length is refused
          // below.
          if (length < MOST_BYTES) {
            line[length] = buffer[i];
          }
          length++;
        }
      }
    }
    if (length > 0) {
      throw new EOFException("it ends early");
    }
  }

  private void visit(int length, LineVisitor visitor) throws NotUnderstood {
    if (!isWanted(Math.min(length, MOST_BYTES))) {
      return;
    }
    if (length > MOST_BYTES) {
      throw new NotUnderstood("a metric's line is too long");
    }
    visitor.visit(
        MetricLine.parse(new String(line, 0, length, StandardCharsets.UTF_8).stripTrailing()));
  }

  private boolean isWanted(int length) {
    for (byte[] start : starts) {
      if (length >= start.length && Arrays.equals(line, 0, start.length, start, 0, start.length)) {
        return true;
      }
    }
    return false;
  }
}
