package dev.rekey.simulation.cluster.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** In which form the caller wants an answer. */
enum Representation {
  METADATA("PartialObjectMetadata"),
  METADATA_LIST("PartialObjectMetadataList"),
  TABLE("Table"),
  /** The whole object, with its data: what anybody gets who doesn't ask otherwise. */
  WHOLE(""),
  NONE_THAT_EXISTS("");

  private static final List<String> JSON = List.of("application/json", "application/*", "*/*");

  private final String kind;

  Representation(String kind) {
    this.kind = kind;
  }

  /** The first of the accepted forms that the server knows, as a real one takes it. */
  static Representation of(String accept) {
    if (accept.isBlank()) {
      return WHOLE;
    }
    return Arrays.stream(accept.split(","))
        .map(Representation::ofRange)
        .filter(each -> each != NONE_THAT_EXISTS)
        .findFirst()
        .orElse(NONE_THAT_EXISTS);
  }

  private static Representation ofRange(String range) {
    List<String> parts =
        Arrays.stream(range.split(";"))
            .map(part -> part.trim().replace(" ", ""))
            .filter(part -> !part.toLowerCase(Locale.ROOT).startsWith("q="))
            .toList();
    if (!JSON.contains(parts.get(0).toLowerCase(Locale.ROOT))) {
      return NONE_THAT_EXISTS;
    }
    List<String> as = parts.subList(1, parts.size());
    if (as.stream().noneMatch(part -> part.startsWith("as="))) {
      return WHOLE;
    }
    return Arrays.stream(new Representation[] {METADATA, METADATA_LIST, TABLE})
        .filter(each -> as.containsAll(List.of("as=" + each.kind, "g=meta.k8s.io", "v=v1")))
        .findFirst()
        .orElse(NONE_THAT_EXISTS);
  }
}
