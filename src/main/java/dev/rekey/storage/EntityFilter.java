package dev.rekey.storage;

/**
 * Asks Azure Tables for the rows of a partition whose keys start with a text. Only the part of the
 * prefix up to its first character outside ASCII is asked for, so that no order of characters but
 * that of ASCII is relied on: the rest is for the caller to leave out.
 */
final class EntityFilter {
  private EntityFilter() {}

  static String of(String partition, String prefix) {
    String inPartition = "PartitionKey eq " + quoted(partition);
    String ascii = ascii(prefix);
    if (ascii.isEmpty()) {
      return inPartition;
    }
    int last = ascii.length() - 1;
    String end = ascii.substring(0, last) + (char) (ascii.charAt(last) + 1);
    return inPartition + " and RowKey ge " + quoted(ascii) + " and RowKey lt " + quoted(end);
  }

  private static String ascii(String text) {
    int length = 0;
    while (length < text.length() && text.charAt(length) >= ' ' && text.charAt(length) < '~') {
      length++;
    }
    return text.substring(0, length);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
