package dev.rekey.cli;

import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.StepReport;
import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Prints a line when a step is done and when an operation begins to wait for something else. */
final class ShowProgress implements Consumer<Operation> {
  private final PrintStream out;
  private final DateTimeFormatter clock;
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

  void say(String line) {
    out.println(line);
  }

  @Override
  public void accept(Operation operation) {
    List<StepReport> steps = operation.progress().steps();
    for (; stepsShown < steps.size(); stepsShown++) {
      StepReport step = steps.get(stepsShown);
      line(step.endedAt(), step.step().token(), step.reason().sentence());
      lastWait = null;
    }
    Pending pending = operation.progress().pending();
    if (pending != null && pending.doing() != Pending.Doing.ACTING) {
      showWait(pending);
    }
  }

  private void showWait(Pending pending) {
    String wait = pending.step().token() + " " + pending.reason().token();
    if (wait.equals(lastWait)) {
      return;
    }
    lastWait = wait;
    String detail = pending.detail() == null ? "" : ": " + pending.detail();
    line(
        pending.nextLook(),
        pending.step().token(),
        "waits, " + pending.reason().sentence() + detail);
  }

  private void line(Instant at, String step, String text) {
    out.printf(Locale.ROOT, "%s  %-14s  %s%n", clock.format(at), step, text);
    out.flush();
  }
}
