package dev.rekey.simulation.cluster.http;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The metadata that every list carries. */
final class ListJson {
  private ListJson() {}

  static void metadata(JsonGenerator json, long revision, @Nullable String next, int remaining)
      throws IOException {
    JsonBody.object(
        json,
        "metadata",
        fields -> {
          fields.writeStringField("resourceVersion", Long.toString(revision));
          if (next != null) {
            fields.writeStringField("continue", next);
            fields.writeNumberField("remainingItemCount", remaining);
          }
        });
  }
}
