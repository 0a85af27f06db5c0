package dev.rekey.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A transaction as a file: the state of each row afterwards, so that carrying it out again does no
 * harm.
 */
final class Journal {
  private static final String FORMAT = "rekey-journal 1";
  private static final JsonMapper JSON = new JsonMapper();

  private Journal() {}

  static String text(List<RowChange> changes) {
    ObjectNode journal = JSON.createObjectNode().put("format", FORMAT);
    ArrayNode rows = journal.putArray("rows");
    for (RowChange change : changes) {
      ObjectNode row = rows.addObject().put("rowKey", change.rowKey());
      change
          .row()
          .ifPresent(after -> row.put("version", after.version()).put("text", after.text()));
    }
    return journal.toString();
  }

  static List<RowChange> read(Path file) throws IOException {
    return parse(Disk.read(file), file);
  }

  /**
   * Only what {@link #text} writes is taken: a row whose text isn't one would be deleted, and one
   * without its version would match ETags of long ago.
   */
  static List<RowChange> parse(String content, Path file) throws DamagedFile {
    List<RowChange> changes = new ArrayList<>();
    for (JsonNode row : tree(content, file).path("rows")) {
      changes.add(change(row, file));
    }
    if (!text(changes).equals(content)) {
      throw new DamagedFile(file);
    }
    return changes;
  }

  private static RowChange change(JsonNode row, Path file) throws DamagedFile {
    String rowKey = row.path("rowKey").textValue();
    if (rowKey == null) {
      throw new DamagedFile(file);
    }
    String text = row.path("text").textValue();
    return new RowChange(
        rowKey,
        Optional.ofNullable(text).map(t -> new StoredRow(rowKey, row.path("version").asLong(), t)));
  }

  private static JsonNode tree(String content, Path file) throws DamagedFile {
    try {
      return JSON.readTree(content);
    } catch (JsonProcessingException unreadable) {
      throw new DamagedFile(file);
    }
  }
}
