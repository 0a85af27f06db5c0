package dev.rekey.kubernetes;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads the one thing that an answer to a patch is asked for: the object's resourceVersion. */
final class PatchedVersion {
  private PatchedVersion() {}

  /**
   * @param name of the Secret that was patched
   * @throws NotUnderstood or Jackson's own if it isn't a whole table with this name alone
   */
  static String read(InputStream body, String name) throws IOException {
    NameTable table = NameTable.read(body);
    if (!table.names().equals(List.of(name))) {
      throw new NotUnderstood("it is about something else than what was patched");
    }
    return table.resourceVersion();
  }
}
