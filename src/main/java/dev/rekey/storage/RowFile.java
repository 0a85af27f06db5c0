package dev.rekey.storage;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A row as a file: three lines of ours, then the row's text as it is, for people to read.
 *
 * <pre>
 * rekey-row 1
 * operation-abc
 * 7 5feceb66…
 * {…}
 * </pre>
 *
 * <p>The third line is the version, and the hash of the text: a file that was cut off or edited is
 * refused, never guessed.
 */
final class RowFile {
  private static final String FORMAT = "rekey-row 1";
  private static final int LINES = 4;

  private RowFile() {}

  static String text(StoredRow row) {
    String third = row.version() + " " + Sha256.hex(row.text());
    return String.join("\n", FORMAT, row.rowKey(), third, row.text());
  }

  static StoredRow read(Path file) throws IOException {
    return parse(Disk.read(file), file);
  }

  static StoredRow parse(String content, Path file) throws DamagedFile {
    String[] lines = content.split("\n", LINES);
    if (lines.length < LINES || !lines[0].equals(FORMAT)) {
      throw new DamagedFile(file);
    }
    String[] third = lines[2].split(" ", 2);
    boolean intact = third.length == 2 && third[1].equals(Sha256.hex(lines[3]));
    if (!intact || !third[0].matches("0|[1-9][0-9]{0,17}")) {
      throw new DamagedFile(file);
    }
    return new StoredRow(lines[1], Long.parseLong(third[0]), lines[3]);
  }
}
