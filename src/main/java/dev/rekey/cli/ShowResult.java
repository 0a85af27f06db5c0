package dev.rekey.cli;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.port.Records;
import java.io.PrintStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Prints how an operation ended, or what it waits for, and gives the exit code. */
final class ShowResult {
  private final OutputFormat format;
  private final PrintStream out;
  private final PrintStream err;

  ShowResult(OutputFormat format, PrintStream out, PrintStream err) {
    this.format = format;
    this.out = out;
    this.err = err;
  }

  int show(Operation operation, Optional<Records.StoredEvidence> stored) {
    if (stored.isPresent()) {
      print(stored.get());
      tellOfExceptions(stored.get(), operation.managed());
      return ExitCode.of(operation, leavesUnproved(stored.get().evidence()));
    }
    explain(operation);
    return ExitCode.of(operation, false);
  }

  private void print(Records.StoredEvidence stored) {
    if (format == OutputFormat.JSON) {
      out.println(stored.bytes());
    } else {
      out.print(new EvidenceText(stored.evidence()).text());
    }
    out.flush();
  }

  private void tellOfExceptions(Records.StoredEvidence stored, boolean inAzure) {
    if (leavesUnproved(stored.evidence())) {
      boolean census = stored.evidence().operation().kind().equals(Kind.CENSUS.token());
      err.println(
          "rekey: not yet: "
              + all(stored.evidence())
              + " Secrets could not be "
              + (census ? "counted" : "rewritten")
              + "; remove what the reasons name, then type rekey "
              + (census
                  ? "census again"
                  : "reencrypt " + (inAzure ? "--cluster ID " : "") + "--retry-exceptions"));
      err.flush();
    }
  }

  private static long all(Evidence evidence) {
    return evidence.exceptionReasons().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Exceptions, unless the counters prove that they lie under the target key all the same. */
  private static boolean leavesUnproved(Evidence evidence) {
    boolean proved = evidence.verdict().oldestKey().equals("not-needed-by-this-cluster");
    return !evidence.exceptions().isEmpty() && !proved;
  }

  private void explain(Operation operation) {
    Ending ending = operation.progress().ending();
    Pending pending = operation.progress().pending();
    if (ending != null) {
      tell("refused", ending.reason(), ending.detail());
    } else if (pending != null) {
      tell("not yet", pending.reason(), pending.detail());
      err.println("rekey: type the same command again to go on where it is");
    }
    err.flush();
  }

  /** The last operation left nothing that could be looked at again. */
  int nothingToRetry() {
    err.println("rekey: the last re-encryption left no exceptions: nothing to retry");
    err.flush();
    return ExitCode.DONE;
  }

  /** Nothing was begun: says why, and what would help. */
  int declined(RequestAnswer.Declined declined) {
    return declined(declined.cause());
  }

  /** The same, of a plan. */
  int declined(RequestAnswer.Cause cause) {
    boolean passes = cause == RequestAnswer.Cause.OPERATION_ACTIVE;
    err.println(
        "rekey: "
            + (passes ? "not yet" : "refused")
            + " ("
            + cause.token()
            + "): "
            + cause.sentence());
    err.println("rekey:   " + cause.remedy());
    err.flush();
    return passes ? ExitCode.NOT_YET : ExitCode.REFUSED;
  }

  private void tell(String what, Reason reason, @Nullable String detail) {
    err.println("rekey: " + what + " (" + reason.token() + "): " + reason.sentence());
    if (detail != null) {
      detail.lines().forEach(line -> err.println("rekey:   " + line));
    }
    if (!reason.remedy().isEmpty()) {
      err.println("rekey:   " + reason.remedy());
    }
  }
}
