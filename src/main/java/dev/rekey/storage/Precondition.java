package dev.rekey.storage;

import dev.rekey.service.port.Conflict;
import java.util.Optional;

/** What a write expects of the row that it meets, for the tables that we keep ourselves. */
final class Precondition {
  private Precondition() {}

  /**
   * Checks a write against what is stored.
   *
   * @throws Conflict if it was made from another state
   */
  static void check(Write write, Optional<Row> stored) {
    if (write instanceof Write.Insert) {
      require(stored.isEmpty(), "a row with this key exists already");
    } else if (write instanceof Write.Replace replace) {
      require(hasEtag(stored, replace.etag()), "the row has changed since it was read");
    } else if (write instanceof Write.Delete delete) {
      require(hasEtag(stored, delete.etag()), "the row to delete has changed since it was read");
    }
  }

  /** The text that a row has after a write; empty if the row is gone. */
  static Optional<String> textAfter(Write write) {
    if (write instanceof Write.Insert insert) {
      return Optional.of(insert.text());
    }
    if (write instanceof Write.Replace replace) {
      return Optional.of(replace.text());
    }
    if (write instanceof Write.Put put) {
      return Optional.of(put.text());
    }
    return Optional.empty();
  }

  private static boolean hasEtag(Optional<Row> stored, String etag) {
    return stored.isPresent() && stored.get().etag().equals(etag);
  }

  private static void require(boolean kept, String problem) {
    if (!kept) {
      throw new Conflict(problem);
    }
  }
}
