package dev.rekey.kubernetes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One mapping of a kubeconfig. What is wrong with a field joins the problems, and the field counts
 * as absent, so that the rest can be looked at too.
 */
final class Section {
  private final String place;
  private final Map<?, ?> fields;
  private final @Nullable Path folder;
  private final List<String> problems;

  /**
   * @param place for messages, for example {@code user "admin"}
   * @param folder what relative paths start from; null if the kubeconfig isn't a file
   */
  Section(String place, Map<?, ?> fields, @Nullable Path folder, List<String> problems) {
    this.place = place;
    this.fields = fields;
    this.folder = folder;
    this.problems = problems;
  }

  boolean has(String key) {
    return fields.get(key) != null;
  }

  void problem(String text) {
    problems.add(place + ": " + text);
  }

  @Nullable String text(String key) {
    Object value = fields.get(key);
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text)) {
      problem(key + " is no text; put it in quotes");
      return null;
    }
    return text.isBlank() ? null : text.strip();
  }

  boolean flag(String key) {
    Object value = fields.get(key);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    problem(key + " must be true or false, without quotes");
    return false;
  }

  @Nullable Section section(String key) {
    Object value = fields.get(key);
    if (value instanceof Map<?, ?> map) {
      return new Section(place + ", " + key, map, folder, problems);
    }
    if (value != null) {
      problem(key + " must be a mapping");
    }
    return null;
  }

  /**
   * What {@code key-data} holds in Base64 or else the file that {@code key} names; null if neither
   * is there.
   */
  byte @Nullable [] bytes(String key) {
    String data = text(key + "-data");
    if (data != null) {
      return decoded(key + "-data", data);
    }
    String file = text(key);
    return file == null ? null : content(key, file);
  }

  private byte @Nullable [] decoded(String key, String data) {
    try {
      return Base64.getDecoder().decode(data.replaceAll("\\s", ""));
    } catch (IllegalArgumentException notBase64) {
      problem(
          key
              + " is no Base64; write what `base64 -w0 FILE` prints for the PEM file, or name "
              + "the file");
      return null;
    }
  }

  /** A file named by a field, relative to the kubeconfig's folder as kubectl reads it. */
  byte @Nullable [] content(String key, String file) {
    if (folder == null) {
      // Whoever sent the text would say which of this machine's files is read.
      problem(key + " names a file, which a kubeconfig that isn't one itself must not");
      return null;
    }
    try {
      return Files.readAllBytes(path(file));
    } catch (IOException | InvalidPathException unreadable) {
      problem(
          key + " names " + file + ", which can't be read; look with `ls -l` whether it is there");
      return null;
    }
  }

  Path path(String file) {
    return folder == null ? Path.of(file) : folder.resolve(file);
  }

  @Nullable Path folder() {
    return folder;
  }
}
