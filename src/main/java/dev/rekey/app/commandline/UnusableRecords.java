package dev.rekey.app.commandline;

import java.io.IOException;
import java.nio.file.Path;

/** The folder that records are to be kept in can't be used. */
public final class UnusableRecords extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnusableRecords(Path records, IOException cause) {
    super(
        "the records folder "
            + records
            + " can't be written; name another one with --records, or look with `ls -ld "
            + records
            + "` who may",
        cause);
  }
}
