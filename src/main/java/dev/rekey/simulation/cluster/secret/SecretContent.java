package dev.rekey.simulation.cluster.secret;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything of a Secret that a client gave, and that no rewriting may change.
 *
 * @param type such as {@code Opaque}
 * @param deletedAt the deletionTimestamp; null unless finalizers hold back a deletion
 * @param data values in Base64
 */
public record SecretContent(
    String type,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> finalizers,
    boolean immutable,
    @Nullable Instant deletedAt,
    Map<String, String> data) {

  public SecretContent {
    labels = new TreeMap<>(labels);
    annotations = new TreeMap<>(annotations);
    finalizers = List.copyOf(finalizers);
    data = new TreeMap<>(data);
  }

  public static SecretContent opaque(Map<String, String> data) {
    return new SecretContent("Opaque", Map.of(), Map.of(), List.of(), false, null, data);
  }

  public SecretContent withAnnotation(String key, String value) {
    Map<String, String> more = new TreeMap<>(annotations);
    more.put(key, value);
    return new SecretContent(type, labels, more, finalizers, immutable, deletedAt, data);
  }

  public SecretContent withData(String key, String base64) {
    Map<String, String> more = new TreeMap<>(data);
    more.put(key, base64);
    return new SecretContent(type, labels, annotations, finalizers, immutable, deletedAt, more);
  }

  public SecretContent asImmutable() {
    return new SecretContent(type, labels, annotations, finalizers, true, deletedAt, data);
  }

  /** Being deleted, and held back by a finalizer. */
  public SecretContent heldBackBy(String finalizer, Instant when) {
    return new SecretContent(type, labels, annotations, List.of(finalizer), immutable, when, data);
  }

  /** As it lies under the encryption. */
  public byte[] toBytes() {
    return SecretJson.write(this);
  }

  public static SecretContent fromBytes(byte[] content) {
    return SecretJson.read(content);
  }
}
