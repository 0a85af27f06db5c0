package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The column of a {@code Table} that holds the objects' names. */
final class NameColumn {
  private static final int UNKNOWN = -1;

  private int index = UNKNOWN;
  private int columns;

  /** What is needed of one column's definition. */
  private static final class Definition {
    private @Nullable String name;
    private @Nullable String format;

    void visit(String field, JsonParser value) throws IOException {
      if (field.equals("name")) {
        name = JsonStream.text(value);
      } else if (field.equals("format")) {
        format = JsonStream.text(value);
      }
    }

    /** The format says that it identifies the object: another column may be called Name, too. */
    boolean isName() {
      return "Name".equals(name) && "name".equals(format);
    }
  }

  /** Walks through one row's cells and takes out one of them. */
  private static final class Cells {
    private final int wanted;
    private int next;
    private @Nullable String name;

    Cells(int wanted) {
      this.wanted = wanted;
    }

    void visit(JsonParser cell) throws IOException {
      if (next == wanted) {
        name = JsonStream.text(cell);
      }
      cell.skipChildren();
      next++;
    }
  }

  /** Finds it in the definitions that the parser stands on. */
  void find(JsonParser definitions) throws IOException {
    JsonStream.elements(definitions, this::visitDefinition);
  }

  private void visitDefinition(JsonParser element) throws IOException {
    Definition definition = new Definition();
    JsonStream.fields(element, definition::visit);
    if (index == UNKNOWN && definition.isName()) {
      index = columns;
    }
    columns++;
  }

  /** The name in the cells that the parser stands on. */
  String nameIn(JsonParser cells) throws IOException {
    if (index == UNKNOWN) {
      throw new NotUnderstood("it has rows before it says which column is the name");
    }
    Cells row = new Cells(index);
    JsonStream.elements(cells, row::visit);
    if (row.name == null || row.name.isEmpty()) {
      throw new NotUnderstood("a row has no name");
    }
    return row.name;
  }
}
