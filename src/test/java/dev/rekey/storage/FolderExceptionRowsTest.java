package dev.rekey.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderExceptionRowsTest extends ExceptionRowsContract {
  @TempDir private Path folder;

  @Override
  TableRecords records() {
    return new TableRecords(FolderTable.open(folder));
  }
}
