package dev.rekey.storage;

import com.azure.data.tables.models.TableEntity;

/**
 * A row's text in an entity of Azure Tables. A property holds 64 KiB, so a long text lies in
 * several ones, {@code Text0} and so on.
 */
final class EntityText {
  /** Characters of a property: two bytes each, with room to spare. */
  private static final int MOST = 32_000;

  private static final String PREFIX = "Text";
  private static final String PARTS = "Parts";

  private EntityText() {}

  static void put(TableEntity entity, String text) {
    int parts = 0;
    int from = 0;
    do {
      int to = end(text, from);
      entity.addProperty(PREFIX + parts++, text.substring(from, to));
      from = to;
    } while (from < text.length());
    entity.addProperty(PARTS, parts);
  }

  /** Never between the two halves of a character. */
  private static int end(String text, int from) {
    int to = Math.min(from + MOST, text.length());
    boolean splits = to < text.length() && Character.isHighSurrogate(text.charAt(to - 1));
    return splits ? to - 1 : to;
  }

  static String of(TableEntity entity) {
    if (!(entity.getProperty(PARTS) instanceof Integer parts) || parts < 1) {
      throw new UnreadableRow("a row of Rekey's", "one without a text");
    }
    StringBuilder text = new StringBuilder();
    for (int part = 0; part < parts; part++) {
      if (!(entity.getProperty(PREFIX + part) instanceof String piece)) {
        throw new UnreadableRow("a row of Rekey's", "one whose text has a gap");
      }
      text.append(piece);
    }
    return text.toString();
  }
}
