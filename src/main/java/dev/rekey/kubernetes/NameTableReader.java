package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Table} as a stream, in the order in which API servers write it: kind, metadata,
 * columns, rows. Whatever else could hold a part of a Secret is refused before it is walked
 * through, not found out about afterwards.
 */
final class NameTableReader {
  private static final String KIND = "Table";

  private final NameColumn column = new NameColumn();
  private final List<String> names = new ArrayList<>();
  private @Nullable String resourceVersion;
  private @Nullable String next;
  private boolean kindSeen;
  private boolean rowsSeen;

  /**
   * @throws NotUnderstood or Jackson's own if it isn't a whole table of names alone
   */
  NameTable read(InputStream body) throws IOException {
    try (JsonParser parser = JsonStream.open(body)) {
      JsonStream.fields(parser, this::visit);
      JsonStream.expectEnd(parser);
    }
    // A list without its metadata could hide that there is more.
    if (resourceVersion == null || resourceVersion.isEmpty()) {
      throw new NotUnderstood("it has no resourceVersion");
    }
    if (!rowsSeen) {
      throw new NotUnderstood("it has no rows");
    }
    return new NameTable(resourceVersion, next, names);
  }

  private void visit(String field, JsonParser value) throws IOException {
    if (!kindSeen) {
      requireKind(field, value);
      return;
    }
    switch (field) {
      case "metadata" -> JsonStream.fields(value, this::visitMetadata);
      case "columnDefinitions" -> column.find(value);
      case "rows" -> {
        rowsSeen = true;
        JsonStream.elements(value, this::visitRow);
      }
      default -> {
        // Skipped in the parser.
      }
    }
  }

  private void requireKind(String field, JsonParser value) throws IOException {
    if (!field.equals("kind") || !KIND.equals(JsonStream.text(value))) {
      throw new NotUnderstood("it is no " + KIND + ": the server did not heed what we accept");
    }
    kindSeen = true;
  }

  private void visitMetadata(String field, JsonParser value) throws IOException {
    if (field.equals("resourceVersion")) {
      resourceVersion = JsonStream.text(value);
    } else if (field.equals("continue")) {
      String token = JsonStream.text(value);
      next = token == null || token.isEmpty() ? null : token;
    }
  }

  private void visitRow(JsonParser row) throws IOException {
    int before = names.size();
    JsonStream.fields(row, this::visitRowField);
    if (names.size() != before + 1) {
      throw new NotUnderstood("a row has no name");
    }
  }

  private void visitRowField(String field, JsonParser value) throws IOException {
    if (field.equals("cells")) {
      names.add(column.nameIn(value));
    } else if (field.equals("object") && value.currentToken() != JsonToken.VALUE_NULL) {
      throw new NotUnderstood("a row has an object: the server did not heed includeObject=None");
    }
  }
}
