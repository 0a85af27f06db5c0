package dev.rekey.operation.step;

import dev.rekey.operation.Kind;
import dev.rekey.operation.StepName;
import java.util.Optional;

/** Until when an operation can be cancelled, and where it leads from then on: a plan states it. */
public final class PointOfNoReturn {
  private static final String NEVER =
      "It can be cancelled at any time: it changes no setting of the cluster, and what it has"
          + " rewritten lies under the key in use.";

  private PointOfNoReturn() {}

  /** The first step that changes the cluster; empty if none does. */
  public static Optional<StepName> of(Kind kind) {
    return Plan.names(kind).stream().filter(StepName.UPDATE_CLUSTER::equals).findFirst();
  }

  /** The same for people. */
  public static String sentence(Kind kind) {
    return of(kind)
        .map(
            step ->
                "It can be cancelled until "
                    + step.token()
                    + " begins. From then on only the way forward is safe: it can be paused, and"
                    + " goes on until every Secret lies as the last settings say, and that is"
                    + " proved.")
        .orElse(NEVER);
  }
}
