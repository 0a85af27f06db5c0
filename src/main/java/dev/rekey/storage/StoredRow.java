package dev.rekey.storage;

/**
 * A row as its file holds it.
 *
 * @param version how many times the row has been written since it was inserted
 */
record StoredRow(String rowKey, long version, String text) {

  /**
   * Version and text: a row that was deleted and made again has another ETag unless it is the same
   * again.
   */
  String etag() {
    return "\"" + version + "-" + Sha256.hex(text).substring(0, 16) + "\"";
  }

  Row in(String partition) {
    return new Row(partition, rowKey, text, etag());
  }
}
