package dev.rekey.web;

import dev.rekey.operation.ClusterName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The cluster that a path names. */
final class ClusterSegment {
  private ClusterSegment() {}

  /** Null, with what is wrong noted, if it is no cluster's name. */
  static @Nullable ClusterName read(WebRequest request, List<InputProblem> problems) {
    try {
      return new ClusterName(request.segment("cluster"));
    } catch (IllegalArgumentException otherForm) {
      problems.add(
          new InputProblem(
              "cluster",
              "is no cluster's name; expected in the path: lower-case letters, digits, dots and"
                  + " hyphens, at most 100",
              "take the name from GET /api/clusters"));
      return null;
    }
  }
}
