package dev.rekey.upgrade;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.Row;
import dev.rekey.storage.Write;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * All rows and messages of one moment, as a release has stored them.
 *
 * @param takenAt the moment, in the simulated world's time
 * @param versions the key versions of that world, oldest first
 */
public record Fixture(
    String takenAt, List<String> versions, List<StoredText> rows, List<Queued> messages) {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** A row, without its ETag, which each store gives itself. */
  public record StoredText(String partition, String rowKey, String text) {}

  /** A message that waits. */
  public record Queued(String text, long delaySeconds) {}

  /** One of a schema's set, {@code v1} for example. */
  static Fixture read(String set, Stage stage) {
    return read("/upgrade/" + set + "/" + stage.fileName());
  }

  /** All of a schema's set. */
  public static Stream<Fixture> all(String set) {
    return Stream.of(Stage.values()).map(stage -> read(set, stage));
  }

  private static Fixture read(String resource) {
    try (InputStream in = Fixture.class.getResourceAsStream(resource)) {
      return JSON.readValue(in, Fixture.class);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, JSON.writeValueAsString(this) + "\n");
  }

  static List<StoredText> rowsOf(MemoryTable table, List<String> partitions) {
    return partitions.stream()
        .flatMap(partition -> table.listByPrefix(partition, "").stream())
        .map(Fixture::stored)
        .toList();
  }

  private static StoredText stored(Row row) {
    return new StoredText(row.partition(), row.rowKey(), row.text());
  }

  MemoryTable table() {
    MemoryTable table = new MemoryTable();
    rows.forEach(
        row ->
            table.transact(row.partition(), List.of(new Write.Insert(row.rowKey(), row.text()))));
    return table;
  }

  /** The same with another text in one row. */
  Fixture with(StoredText changed) {
    return new Fixture(
        takenAt,
        versions,
        rows.stream().map(row -> isSame(row, changed) ? changed : row).toList(),
        messages);
  }

  /** The same, and every message is lost. */
  Fixture withoutMessages() {
    return new Fixture(takenAt, versions, rows, List.of());
  }

  /** All rows and messages, as texts. */
  Stream<String> texts() {
    return Stream.concat(rows.stream().map(StoredText::text), messages.stream().map(Queued::text));
  }

  private static boolean isSame(StoredText one, StoredText other) {
    return one.partition().equals(other.partition()) && one.rowKey().equals(other.rowKey());
  }
}
