package dev.rekey.storage;

/**
 * A row as it was read.
 *
 * @param text what is stored, JSON by custom
 * @param etag names this state of the row; never blank
 */
public record Row(String partition, String rowKey, String text, String etag) {}
