package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.rekey.simulation.cluster.refusal.Cause;
import dev.rekey.simulation.cluster.refusal.Refusal;
import java.io.IOException;

/** The Status objects that stand for an error. */
final class StatusJson {
  private StatusJson() {}

  /** A throttled request never reaches the part that speaks JSON. */
  static HttpReply of(Refusal refusal) {
    Cause kind = refusal.kind();
    if (kind == Cause.THROTTLED) {
      return HttpReply.text(kind.code(), refusal.text() + "\n").after(refusal.retryAfter());
    }
    byte[] body =
        JsonBody.of(
            json -> {
              begin(json, refusal);
              json.writeStringField("message", refusal.text());
              json.writeStringField("reason", kind.reason());
              JsonBody.object(json, "details", fields -> details(fields, refusal));
              json.writeNumberField("code", kind.code());
            });
    return HttpReply.json(kind.code(), body).after(refusal.retryAfter());
  }

  static HttpReply of(int code, String reason, String message) {
    return HttpReply.json(
        code,
        JsonBody.of(
            json -> {
              head(json);
              JsonBody.object(json, "metadata", nothing -> {});
              json.writeStringField("status", "Failure");
              json.writeStringField("message", message);
              json.writeStringField("reason", reason);
              json.writeNumberField("code", code);
            }));
  }

  private static void begin(JsonGenerator json, Refusal refusal) throws IOException {
    head(json);
    JsonBody.object(
        json,
        "metadata",
        fields -> {
          if (refusal.freshContinue() != null) {
            fields.writeStringField("continue", refusal.freshContinue());
          }
        });
    json.writeStringField("status", "Failure");
  }

  private static void head(JsonGenerator json) throws IOException {
    json.writeStringField("kind", "Status");
    json.writeStringField("apiVersion", "v1");
  }

  private static void details(JsonGenerator json, Refusal refusal) throws IOException {
    if (refusal.secret() != null) {
      json.writeStringField("name", refusal.secret());
      json.writeStringField("kind", "secrets");
    }
    if (refusal.detail() != null) {
      json.writeArrayFieldStart("causes");
      json.writeStartObject();
      json.writeStringField("message", refusal.detail());
      json.writeEndObject();
      json.writeEndArray();
    }
    if (refusal.retryAfter() != null) {
      json.writeNumberField("retryAfterSeconds", refusal.retryAfter().toSeconds());
    }
  }
}
