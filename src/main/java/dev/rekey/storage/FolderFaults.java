package dev.rekey.storage;

import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** What a failure of the file system means for the caller. */
final class FolderFaults {
  private FolderFaults() {}

  static OutsideFault unwritable(Path folder, IOException cause) {
    return fault(
        OutsideFault.Kind.FORBIDDEN,
        "the folder for records "
            + folder
            + " can't be written; give this user the right to, or name another",
        cause);
  }

  static OutsideFault failed(Path folder, IOException cause) {
    if (cause instanceof AccessDeniedException) {
      return unwritable(folder, cause);
    }
    if (cause instanceof DamagedFile) {
      return fault(
          OutsideFault.Kind.MALFORMED,
          "the record " + cause.getMessage() + " is damaged; restore the folder from a backup",
          cause);
    }
    return fault(
        OutsideFault.Kind.BROKEN,
        "the folder for records " + folder + " failed; is its disk full, or gone?",
        cause);
  }

  private static OutsideFault fault(OutsideFault.Kind kind, String message, IOException cause) {
    OutsideFault fault = new OutsideFault(OutsideSystem.STORAGE, kind, message);
    fault.initCause(cause);
    return fault;
  }
}
