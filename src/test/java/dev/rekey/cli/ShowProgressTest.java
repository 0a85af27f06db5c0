package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Concern;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.preflight.Verdict;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShowProgressTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ShowProgress progress =
      new ShowProgress(new PrintStream(printed, true, StandardCharsets.UTF_8), ZoneOffset.UTC);

  @Test
  void whatTheChecksNoted_isSaidOnceTheyHavePassed() {
    Operation checked = operation("1", Kind.ROTATE, StepName.CHECK);
    Concern advice = new Concern("vault-purge-protection", Verdict.WARNED, "it is off");
    Findings noted = checked.progress().findings().checked(List.of(advice), List.of());

    progress.accept(checked.with(checked.progress().with(noted)));

    assertThat(lines()).hasSize(2);
    assertThat(lines().get(1)).endsWith("noted, vault-purge-protection: it is off");
  }

  @Test
  void sameOperationAgain_onlyItsNewStepsAreShown() {
    progress.accept(operation("1", Kind.CENSUS, StepName.CHECK));
    progress.accept(operation("1", Kind.CENSUS, StepName.CHECK, StepName.COUNT));

    assertThat(steps()).containsExactly("check", "count");
  }

  @Test
  void operationTakenUp_whatIsBehindIsNotShownAgain() {
    progress.goOnWith(operation("1", Kind.CENSUS, StepName.CHECK, StepName.COUNT));
    progress.accept(operation("1", Kind.CENSUS, StepName.CHECK, StepName.COUNT, StepName.LOCATE));

    assertThat(lines().get(0)).isEqualTo("Going on with the unfinished census 1, after count");
    assertThat(steps()).containsExactly("locate");
  }

  @Test
  void anotherOperationAfterTheOneTakenUp_eachOfItsStepsIsShown() {
    Operation census = operation("1", Kind.CENSUS, StepName.CHECK, StepName.COUNT);
    progress.goOnWith(census);
    progress.accept(census);

    progress.accept(operation("2", Kind.REENCRYPT, StepName.CHECK));
    progress.accept(
        operation("2", Kind.REENCRYPT, StepName.CHECK, StepName.CONVERGE, StepName.WRITE));

    assertThat(steps()).containsExactly("check", "converge", "write");
  }

  @Test
  void anotherOperationWaitsForTheSame_itIsSaidAgain() {
    progress.accept(waiting(operation("1", Kind.CENSUS)));
    progress.accept(waiting(operation("1", Kind.CENSUS)));
    progress.accept(waiting(operation("2", Kind.REENCRYPT)));

    assertThat(lines()).hasSize(2).allMatch(line -> line.contains("waits, "));
  }

  private List<String> lines() {
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }

  /** The steps of the lines with a time. */
  private List<String> steps() {
    return lines().stream()
        .filter(line -> line.startsWith("12:00:00"))
        .map(line -> line.split(" +")[1])
        .toList();
  }

  private static Operation operation(String id, Kind kind, StepName... behind) {
    Progress progress = Progress.START;
    for (int number = 0; number < behind.length; number++) {
      progress = progress.with(new StepReport(number, behind[number], Reason.RECORDED, NOW, NOW));
    }
    Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "somebody", "test");
    return new Operation(id, kind, new ClusterName("prod-1"), origin, Route.UNKNOWN, NOW, progress);
  }

  private static Operation waiting(Operation operation) {
    Pending pending =
        Pending.staying(
            null, NOW, Pending.Doing.WAITING, Reason.OUTSIDE_NOT_ANSWERING, NOW, null, 0);
    return operation.with(operation.progress().with(pending));
  }
}
