package dev.rekey.storage;

/** A filter for the rows of a partition whose keys begin with a text. */
final class EntityFilter {
  private EntityFilter() {}

  static String of(String partition, String rowKeyPrefix) {
    String ofPartition = "PartitionKey eq " + quoted(partition);
    if (rowKeyPrefix.isEmpty()) {
      return ofPartition;
    }
    return ofPartition
        + " and RowKey ge "
        + quoted(rowKeyPrefix)
        + " and RowKey lt "
        + quoted(after(rowKeyPrefix));
  }

  /** The first text behind all that begin with this one. */
  private static String after(String prefix) {
    int last = prefix.length() - 1;
    return prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
  }

  private static String quoted(String text) {
    return "'" + text.replace("'", "''") + "'";
  }
}
