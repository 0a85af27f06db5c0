package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.SecretRef;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code PartialObjectMetadataList} as a stream. Of each item only the four fields below
 * are ever taken out of the bytes.
 */
final class MetadataList {
  private static final String KIND = "PartialObjectMetadataList";

  private final List<ItemMetadata> items = new ArrayList<>();
  private @Nullable String next;
  private boolean kindSeen;
  private boolean metadataSeen;
  private boolean itemsSeen;

  private MetadataList() {}

  /** The metadata of one item. */
  private static final class ItemMetadata {
    private @Nullable String namespace;
    private @Nullable String name;

    private @Nullable String resourceVersion;

    void visit(String field, JsonParser value) throws IOException {
      switch (field) {
        case "namespace" -> namespace = JsonStream.text(value);
        case "name" -> name = JsonStream.text(value);
        case "resourceVersion" -> resourceVersion = JsonStream.text(value);
        default -> {
          // Skipped in the parser.
        }
      }
    }

    SecretRef secret() throws NotUnderstood {
      return new SecretRef(
          present(namespace, "namespace"),
          present(name, "name"),
          present(resourceVersion, "resourceVersion"));
    }

    String name() throws NotUnderstood {
      return present(name, "name");
    }

    private static String present(@Nullable String value, String field) throws NotUnderstood {
      if (value == null || value.isEmpty()) {
        throw new NotUnderstood("an item has no " + field);
      }
      return value;
    }
  }

  /**
   * @throws NotUnderstood or Jackson's own if it isn't a whole list of metadata
   */
  static Listing<SecretRef> secrets(InputStream body) throws IOException {
    MetadataList list = read(body);
    List<SecretRef> secrets = new ArrayList<>(list.items.size());
    for (ItemMetadata item : list.items) {
      secrets.add(item.secret());
    }
    return new Listing<>(secrets, list.next);
  }

  /**
   * @throws NotUnderstood or Jackson's own if it isn't a whole list of metadata
   */
  static Listing<String> names(InputStream body) throws IOException {
    MetadataList list = read(body);
    List<String> names = new ArrayList<>(list.items.size());
    for (ItemMetadata item : list.items) {
      names.add(item.name());
    }
    return new Listing<>(names, list.next);
  }

  private static MetadataList read(InputStream body) throws IOException {
    MetadataList list = new MetadataList();
    try (JsonParser parser = JsonStream.open(body)) {
      JsonStream.fields(parser, list::visit);
      JsonStream.expectEnd(parser);
    }
    // A list without its metadata could hide that there is more.
    if (!list.kindSeen || !list.metadataSeen || !list.itemsSeen) {
      throw new NotUnderstood("it has no kind, metadata or items");
    }
    return list;
  }

  private void visit(String field, JsonParser value) throws IOException {
    switch (field) {
      case "kind" -> requireKind(JsonStream.text(value));
      case "metadata" -> {
        metadataSeen = true;
        JsonStream.fields(value, this::visitMetadata);
      }
      case "items" -> {
        requireKindBeforeItems();
        itemsSeen = true;
        JsonStream.elements(value, this::visitItem);
      }
      default -> {
        // Skipped in the parser.
      }
    }
  }

  private void requireKind(@Nullable String kind) throws NotUnderstood {
    if (!KIND.equals(kind)) {
      throw new NotUnderstood("it is no " + KIND + ": the server did not heed what we accept");
    }
    kindSeen = true;
  }

  /**
   * API servers send the kind first. Whole Secrets must not even be walked through to find out what
   * they are.
   */
  private void requireKindBeforeItems() throws NotUnderstood {
    if (!kindSeen) {
      throw new NotUnderstood("it has items before it says what they are");
    }
  }

  private void visitMetadata(String field, JsonParser value) throws IOException {
    if (field.equals("continue")) {
      String token = JsonStream.text(value);
      next = token == null || token.isEmpty() ? null : token;
    }
  }

  private void visitItem(JsonParser element) throws IOException {
    ItemMetadata item = new ItemMetadata();
    JsonStream.fields(
        element,
        (field, value) -> {
          if (field.equals("metadata")) {
            JsonStream.fields(value, item::visit);
          }
        });
    items.add(item);
  }
}
