package dev.rekey.cli;

import dev.rekey.app.commandline.ClusterInUse;
import dev.rekey.app.commandline.UnusableRecords;
import dev.rekey.kubernetes.InvalidKubeconfig;
import dev.rekey.service.port.OutsideFault;
import picocli.CommandLine;

/**
 * Turns an error into one message that names the thing, what was expected and what to do; never a
 * stack trace.
 */
final class Failures implements CommandLine.IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    String message = failure.getMessage();
    command
        .getErr()
        .println("rekey: " + (message == null ? failure.getClass().getName() : message));
    command.getErr().flush();
    if (isUsage(failure)) {
      return ExitCode.USAGE;
    }
    if (failure instanceof OutsideFault fault && fault.isMissingRight()) {
      return ExitCode.REFUSED;
    }
    if (failure instanceof ClusterInUse || failure instanceof UnfinishedBusiness) {
      return ExitCode.NOT_YET;
    }
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return ExitCode.NOT_YET;
    }
    return ExitCode.FAILED;
  }

  /** Another value of an option would mend it. */
  private static boolean isUsage(Exception failure) {
    return failure instanceof InvalidKubeconfig
        || failure instanceof BadOption
        || failure instanceof UnusableRecords;
  }
}
