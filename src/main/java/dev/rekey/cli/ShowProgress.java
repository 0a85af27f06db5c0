package dev.rekey.cli;

import dev.rekey.operation.Concern;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.step.StepSentence;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Tally;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Prints a line when a step is done, and when an operation begins to wait for something else. One
 * operation may follow another: an unfinished one of an earlier run, then the one that was typed.
 */
final class ShowProgress implements Consumer<Operation> {
  private final PrintStream out;
  private final DateTimeFormatter clock;
  private @Nullable String shownId;
  private int stepsShown;
  private @Nullable String lastWait;

  ShowProgress(PrintStream out, ZoneId zone) {
    this.out = out;
    this.clock = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(zone);
  }

  /**
   * Progress is for people: on standard output beside text, on standard error beside a document.
   */
  static ShowProgress forFormat(OutputFormat format, ZoneId zone) {
    return new ShowProgress(format == OutputFormat.TEXT ? System.out : System.err, zone);
  }

  /** What is behind already was shown by an earlier process. */
  void goOnWith(Operation operation) {
    turnTo(operation);
    List<StepReport> behind = operation.progress().steps();
    stepsShown = behind.size();
    String after =
        behind.isEmpty() ? "" : ", after " + behind.get(behind.size() - 1).step().token();
    say("Going on with the unfinished " + operation.kind().token() + " " + operation.id() + after);
  }

  /** What was shown of another operation says nothing about this one's steps. */
  private void turnTo(Operation operation) {
    if (!operation.id().equals(shownId)) {
      shownId = operation.id();
      stepsShown = 0;
      lastWait = null;
    }
  }

  void say(String text) {
    out.println(text);
  }

  @Override
  public void accept(Operation operation) {
    turnTo(operation);
    List<StepReport> steps = operation.progress().steps();
    for (; stepsShown < steps.size(); stepsShown++) {
      showDone(operation, steps.get(stepsShown));
    }
    Pending pending = operation.progress().pending();
    if (pending != null && pending.doing() != Pending.Doing.ACTING) {
      showWait(pending);
    }
  }

  private void showDone(Operation operation, StepReport step) {
    lastWait = null;
    String counts = operation.progress().lastPass(step.step()).map(ShowProgress::counts).orElse("");
    line(
        clock.format(step.endedAt()),
        step.step().token(),
        StepSentence.of(operation, step) + counts);
    if (step.step() == StepName.CHECK) {
      operation.progress().findings().concerns().forEach(this::showNoted);
    }
  }

  private void showNoted(Concern concern) {
    line("", "", "noted, " + concern.check() + ": " + concern.seen());
  }

  private static String counts(Pass pass) {
    Tally tally = pass.tally();
    return switch (pass.kind()) {
      case WRITE, RESCUE ->
          String.format(
              Locale.ROOT,
              ": %,d rewritten, %,d current, %,d deleted, %,d exceptions",
              tally.rewritten(),
              tally.current(),
              tally.deleted(),
              tally.exceptions());
      case PROOF, COUNT, TRIAL -> String.format(Locale.ROOT, ": %,d looked at", tally.discovered());
    };
  }

  private void showWait(Pending pending) {
    String wait = pending.step().token() + " " + pending.reason().token();
    if (wait.equals(lastWait)) {
      return;
    }
    lastWait = wait;
    String detail = pending.detail() == null ? "" : ": " + pending.detail();
    line("", pending.step().token(), "waits, " + pending.reason().sentence() + detail);
  }

  private void line(String at, String step, String text) {
    out.printf(Locale.ROOT, "%-8s  %-14s  %s%n", at, step, text);
    out.flush();
  }
}
