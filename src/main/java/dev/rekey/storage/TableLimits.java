package dev.rekey.storage;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What Azure Tables takes. A breach is a mistake of ours and never depends on what a cluster holds.
 */
final class TableLimits {

  /** A key has at most 1 KiB as UTF-16. */
  private static final int MAX_KEY = 512;

  /** A row has at most 1 MiB as UTF-16; some room is left for keys and names. */
  static final int MAX_TEXT = 480_000;

  /** A transaction has at most 4 MiB as UTF-8, in which a character takes up to three bytes. */
  static final int MAX_TRANSACTION_TEXT = 1_300_000;

  private TableLimits() {}

  static void checkKey(String key) {
    if (key.isEmpty() || key.length() > MAX_KEY || key.chars().anyMatch(TableLimits::isForbidden)) {
      throw new IllegalArgumentException(
          "a table key has 1 to "
              + MAX_KEY
              + " characters, none of / \\ # ? and no control character");
    }
  }

  private static boolean isForbidden(int character) {
    return "/\\#?".indexOf(character) >= 0 || Character.isISOControl(character);
  }

  static void checkText(String text) {
    if (text.length() > MAX_TEXT) {
      throw new IllegalArgumentException("a row's text has at most " + MAX_TEXT + " characters");
    }
  }

  /** Azure takes a blank ETag as "whatever is there": a silent overwrite. */
  static void checkEtag(String etag) {
    if (etag.isBlank()) {
      throw new IllegalArgumentException("a write of an existing row needs the row's ETag");
    }
  }

  static void checkTransaction(String partition, List<Write> writes) {
    checkKey(partition);
    if (writes.isEmpty() || writes.size() > Table.MAX_WRITES) {
      throw new IllegalArgumentException("a transaction has 1 to " + Table.MAX_WRITES + " writes");
    }
    Set<String> rowKeys = new HashSet<>();
    for (Write write : writes) {
      if (!rowKeys.add(write.rowKey())) {
        throw new IllegalArgumentException("a transaction writes a row once only");
      }
    }
    if (writes.stream().mapToInt(TableLimits::length).sum() > MAX_TRANSACTION_TEXT) {
      throw new IllegalArgumentException(
          "the texts of a transaction have at most " + MAX_TRANSACTION_TEXT + " characters");
    }
  }

  private static int length(Write write) {
    return Precondition.textAfter(write).map(String::length).orElse(0);
  }
}
