package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code Status} body says, as far as it is needed to classify it. It lives as long as that
 * takes: its message can quote data, so nothing prints, logs or keeps it.
 */
final class Refusal {
  /** Real ones have less than 2 KB; whatever a proxy sends, no more than this is read. */
  static final int MOST_BYTES = 16 * 1024;

  private String reason = "";
  private String message = "";
  private String kind = "";
  private String name = "";
  private @Nullable String freshContinue;

  private Refusal() {}

  /** For tests and for answers without a body. */
  static Refusal of(String reason, String message, String kind, String name) {
    Refusal refusal = new Refusal();
    refusal.reason = reason;
    refusal.message = message;
    refusal.kind = kind;
    refusal.name = name;
    return refusal;
  }

  /**
   * Never fails for the body's sake: of a page of a proxy, or of half a Status, it knows what it
   * could read.
   */
  static Refusal read(InputStream body) throws IOException {
    byte[] start = body.readNBytes(MOST_BYTES);
    Refusal refusal = new Refusal();
    try (JsonParser parser = JsonStream.open(new ByteArrayInputStream(start))) {
      JsonStream.fields(parser, refusal::visit);
    } catch (IOException notJson) {
      // The status code must do.
    }
    return refusal;
  }

  private void visit(String field, JsonParser value) throws IOException {
    switch (field) {
      case "reason" -> reason = orEmpty(JsonStream.text(value));
      case "message" -> message = orEmpty(JsonStream.text(value));
      case "details" -> JsonStream.fields(value, this::visitDetails);
      case "metadata" -> JsonStream.fields(value, this::visitMetadata);
      default -> {
        // Skipped in the parser.
      }
    }
  }

  private void visitDetails(String field, JsonParser value) throws IOException {
    if (field.equals("kind")) {
      kind = orEmpty(JsonStream.text(value));
    } else if (field.equals("name")) {
      name = orEmpty(JsonStream.text(value));
    }
  }

  private void visitMetadata(String field, JsonParser value) throws IOException {
    if (field.equals("continue")) {
      String token = orEmpty(JsonStream.text(value));
      freshContinue = token.isEmpty() ? null : token;
    }
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  String reason() {
    return reason;
  }

  String message() {
    return message;
  }

  String kind() {
    return kind;
  }

  String name() {
    return name;
  }

  @Nullable String freshContinue() {
    return freshContinue;
  }

  @Override
  public String toString() {
    return "Refusal";
  }
}
