package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Walks through JSON without building it. A value that nobody asks for is skipped by the parser and
 * never becomes a String: annotations can hold a whole Secret.
 */
final class JsonStream {
  /**
   * Buffers aren't pooled: what passed through one goes with it. Names aren't interned: they come
   * from outside.
   */
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private JsonStream() {}

  /**
   * What to do at a field; the parser stands on the first token of its value. What isn't consumed
   * is skipped.
   */
  interface FieldVisitor {
    void visit(String field, JsonParser value) throws IOException;
  }

  /** What to do at an element; the parser stands on its first token and is left on its last. */
  interface ElementVisitor {
    void visit(JsonParser element) throws IOException;
  }

  static JsonParser open(InputStream body) throws IOException {
    JsonParser parser = FACTORY.createParser(body);
    parser.nextToken();
    return parser;
  }

  /** Visits the fields of the object that the parser stands on; null counts as an empty one. */
  static void fields(JsonParser parser, FieldVisitor visitor) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(parser, JsonToken.START_OBJECT);
    for (String field = parser.nextFieldName(); field != null; field = parser.nextFieldName()) {
      JsonToken value = parser.nextToken();
      visitor.visit(field, parser);
      // An object or array that the visitor left alone is still open.
      if (parser.currentToken() == value) {
        parser.skipChildren();
      }
    }
    expect(parser, JsonToken.END_OBJECT);
  }

  /** Visits the elements of the array that the parser stands on; null counts as an empty one. */
  static void elements(JsonParser parser, ElementVisitor visitor) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    expect(parser, JsonToken.START_ARRAY);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() == null) {
        throw new EOFException("it ends early");
      }
      visitor.visit(parser);
    }
  }

  /** The text that the parser stands on; null if it isn't a text. */
  static @Nullable String text(JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null;
  }

  /** A document that goes on after its end isn't what it seems. */
  static void expectEnd(JsonParser parser) throws IOException {
    if (parser.nextToken() != null) {
      throw new NotUnderstood("something follows its end");
    }
  }

  private static void expect(JsonParser parser, JsonToken token) throws IOException {
    if (parser.currentToken() == null) {
      throw new EOFException("it ends early");
    }
    if (parser.currentToken() != token) {
      throw new NotUnderstood("it has another shape");
    }
  }
}
