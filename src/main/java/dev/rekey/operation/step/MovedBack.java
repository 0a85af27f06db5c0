package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.Update;
import dev.rekey.reencryption.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Somebody has given the cluster the settings of KMS again that the operation has led it away from:
 * turned KMS off where it was being turned on. An update that failed looks alike in ARM; what tells
 * them apart is that ARM had shown our target already.
 */
final class MovedBack {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  private MovedBack() {}

  /** Never where a person has asked since to look again, and so to make the change again. */
  static boolean isSo(Facts facts) {
    Operation operation = facts.operation();
    Progress progress = operation.progress();
    return facts.requireCluster().isAt(operation.before())
        && operation
            .update()
            .flatMap(sent -> reached(progress, sent))
            .filter(shown -> !progress.isRetriedSince(shown))
            .isPresent();
  }

  /** When ARM is known to have shown the target last; empty if it never has. */
  private static Optional<Instant> reached(Progress progress, Update sent) {
    return progress.steps().stream()
        .filter(report -> report.step() == StepName.UPDATE_CLUSTER)
        .map(StepReport::endedAt)
        .filter(end -> end.isAfter(sent.intendedAt()))
        .flatMap(end -> Stream.concat(Stream.of(end), begunSince(progress)))
        .max(Comparator.naturalOrder());
  }

  /** A pass under the target begins only while ARM shows that. */
  private static Stream<Instant> begunSince(Progress progress) {
    return Stream.of(StepName.WRITE, StepName.PROVE)
        .flatMap(step -> progress.lastPass(step).stream())
        .map(Pass::startedAt);
  }

  /** ARM may show once more what has passed; otherwise a person must know of it. */
  static Decision decide(Facts facts) {
    Operation operation = facts.operation();
    String sentFor = operation.update().orElseThrow().etag();
    return facts.requireCluster().etag().equals(sentFor)
        ? new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.CLUSTER_BUSY)
        : new Decision.Stall(
            Reason.CLUSTER_MOVED_BACK,
            "KMS was "
                + operation.after()
                + " already, as the operation is to leave it, and is "
                + facts.requireCluster().kms());
  }
}
