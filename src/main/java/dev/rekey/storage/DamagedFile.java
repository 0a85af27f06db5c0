package dev.rekey.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A file of ours that we can't have written as it stands. */
final class DamagedFile extends IOException {
  private static final long serialVersionUID = 1L;

  DamagedFile(Path file) {
    super(file.toString());
  }
}
