package dev.rekey.simulation.cluster.http;

import org.jspecify.annotations.Nullable;

/** What of each object a table's rows carry besides the columns. */
enum IncludeObject {
  NOTHING,
  METADATA,
  WHOLE;

  /** Null for a value that a real server refuses; metadata if the parameter is absent. */
  static @Nullable IncludeObject of(@Nullable String parameter) {
    return switch (parameter == null ? "Metadata" : parameter) {
      case "None" -> NOTHING;
      case "Metadata" -> METADATA;
      case "Object" -> WHOLE;
      default -> null;
    };
  }
}
