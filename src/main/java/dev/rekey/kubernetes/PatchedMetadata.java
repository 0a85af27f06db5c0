package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the resourceVersion, and nothing else, from the {@code PartialObjectMetadata} that answers
 * a patch.
 */
final class PatchedMetadata {
  private static final String KIND = "PartialObjectMetadata";

  private boolean kindSeen;
  private @Nullable String resourceVersion;

  private PatchedMetadata() {}

  /**
   * @throws NotUnderstood or Jackson's own if it isn't whole metadata with a resourceVersion
   */
  static String resourceVersion(InputStream body) throws IOException {
    PatchedMetadata answer = new PatchedMetadata();
    try (JsonParser parser = JsonStream.open(body)) {
      JsonStream.fields(parser, answer::visit);
      JsonStream.expectEnd(parser);
    }
    if (answer.resourceVersion == null || answer.resourceVersion.isEmpty()) {
      throw new NotUnderstood("it has no resourceVersion");
    }
    return answer.resourceVersion;
  }

  private void visit(String field, JsonParser value) throws IOException {
    if (field.equals("kind")) {
      kindSeen = KIND.equals(JsonStream.text(value));
    }
    if (!kindSeen && !field.equals("apiVersion")) {
      throw new NotUnderstood("it is no " + KIND);
    }
    if (field.equals("metadata")) {
      JsonStream.fields(
          value,
          (inner, text) ->
              resourceVersion =
                  inner.equals("resourceVersion") ? JsonStream.text(text) : resourceVersion);
    }
  }
}
