package dev.rekey.storage;

/** A row that this release can't read: written by a newer one, or damaged. It is left as it is. */
public final class UnreadableRow extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnreadableRow(String expected, String found) {
    super(
        "a stored row has not the expected form ("
            + expected
            + ", found "
            + found
            + "); run the release that wrote it, or move the row away");
  }
}
