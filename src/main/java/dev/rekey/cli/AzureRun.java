package dev.rekey.cli;

import dev.rekey.app.commandline.LocalRekey;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.SteerAnswer;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Runs an operation on a cluster in Azure: goes on with an unfinished one of an earlier run, if it
 * is what was asked for, or else begins one. A person agrees to either first.
 */
final class AzureRun {
  private final ClusterInAzure azure;
  private final RunOptions options;
  private final ShowResult result;
  private final ShowProgress progress;
  private final Confirmation confirmation;

  /**
   * @param agreed whether a person has agreed already
   */
  AzureRun(ClusterInAzure azure, RunOptions options, boolean agreed) {
    OutputFormat format = options.output();
    PrintStream people = format == OutputFormat.TEXT ? System.out : System.err;
    this.azure = azure;
    this.options = options;
    this.result = new ShowResult(format, System.out, System.err);
    this.progress = new ShowProgress(people, ZoneId.systemDefault());
    this.confirmation = Confirmation.of(agreed, people);
  }

  int run(Wish wish) throws InterruptedException {
    try (LocalRekey rekey = azure.open(wish)) {
      Optional<Operation> unfinished = rekey.process().unfinished(rekey.cluster());
      return unfinished.isPresent() && !givesWay(unfinished.get(), wish)
          ? goOn(rekey, wish, unfinished.get())
          : begin(rekey, wish);
    }
  }

  /**
   * What has stalled since a key version is missing, a recovery that tried another one in vain too,
   * ends when that is to be brought back.
   */
  private static boolean givesWay(Operation earlier, Wish wish) {
    Pending pending = earlier.progress().pending();
    return wish.request().kind() == Kind.RECOVER_DROPPED_KEY
        && pending != null
        && pending.reason() == Reason.KEY_VERSION_DROPPED
        && !earlier.mayHaveUpdated();
  }

  private int goOn(LocalRekey rekey, Wish wish, Operation earlier) throws InterruptedException {
    if (!wish.request().isServedBy(earlier)) {
      return insteadOf(earlier, rekey, wish);
    }
    if (!confirmation.toGoOnWith(earlier, wish.target().clusterId())) {
      return notAgreed();
    }
    return takeUp(rekey.process(), wish, earlier);
  }

  /** What was typed must not go on with what does something else. */
  private static void refuseAnother(Wish wish, Operation earlier) {
    if (!wish.request().isServedBy(earlier)) {
      throw wish.request().kind() == Kind.CENSUS
          ? UnfinishedBusiness.beforeCensus(earlier)
          : UnfinishedBusiness.beforeAnother(earlier);
    }
  }

  private int takeUp(OneProcess process, Wish wish, Operation earlier) throws InterruptedException {
    progress.goOnWith(earlier);
    Operation awake = process.wake(earlier, wish.request().origin());
    process.takeUp(awake);
    return finish(process, wish, awake);
  }

  /**
   * What has stalled may give way, as over HTTP. What has changed nothing yet can be cancelled;
   * what has must come to its end first.
   */
  private int insteadOf(Operation earlier, LocalRekey rekey, Wish wish)
      throws InterruptedException {
    if (earlier.progress().hasStalled() && !earlier.canBeCancelled()) {
      return begin(rekey, wish);
    }
    if (!earlier.canBeCancelled()) {
      throw UnfinishedBusiness.beforeAnother(earlier);
    }
    if (!confirmation.toCancel(earlier, wish.target().clusterId())) {
      return notAgreed();
    }
    SteerAnswer answer = rekey.process().cancel(earlier, wish.request().origin());
    if (answer instanceof SteerAnswer.Accepted) {
      return begin(rekey, wish);
    }
    throw UnfinishedBusiness.beforeAnother(earlier);
  }

  /**
   * Counts, without asking: nothing is changed.
   *
   * @param objects whether single Secrets under other keys are to be named too
   */
  int census(Wish wish, boolean objects) throws InterruptedException {
    try (LocalRekey rekey = azure.open(wish)) {
      OneProcess process = rekey.process();
      Optional<Operation> unfinished = process.unfinished(rekey.cluster());
      if (unfinished.isPresent()) {
        refuseAnother(wish, unfinished.get());
        return takeUp(process, wish, unfinished.get());
      }
      OperationRequest request = wish.request();
      RequestAnswer seen = process.look(request);
      if (!(seen instanceof RequestAnswer.Possible possible)) {
        return result.declined((RequestAnswer.Declined) seen);
      }
      rekey.checkAccess();
      Operation begun =
          process
              .startCensus(rekey.cluster(), possible.route(), objects, request.origin())
              .orElseThrow();
      return finish(process, wish, begun);
    }
  }

  /** Looks at the exceptions of the last operation again, or goes on with one that has stalled. */
  int retryExceptions(Wish wish) throws InterruptedException {
    try (LocalRekey rekey = azure.open(wish)) {
      Optional<Operation> unfinished = rekey.process().unfinished(rekey.cluster());
      unfinished.ifPresent(earlier -> refuseAnother(wish, earlier));
      Optional<Operation> retried = rekey.retryExceptions(wish.request().origin());
      return retried.isEmpty()
          ? result.nothingToRetry()
          : finish(rekey.process(), wish, retried.get());
    }
  }

  private int begin(LocalRekey rekey, Wish wish) throws InterruptedException {
    OperationRequest request = wish.request();
    RequestAnswer seen = rekey.process().look(request);
    if (!(seen instanceof RequestAnswer.Possible possible)) {
      return result.declined((RequestAnswer.Declined) seen);
    }
    rekey.checkAccess();
    Route route = possible.route();
    return confirmation.of(request.kind(), wish.target().clusterId(), route)
        ? begin(rekey.process(), wish, request.along(route))
        : notAgreed();
  }

  private int begin(OneProcess process, Wish wish, OperationRequest agreed)
      throws InterruptedException {
    RequestAnswer answer = process.request(agreed);
    return answer instanceof RequestAnswer.Accepted accepted
        ? finish(process, wish, accepted.operation())
        : result.declined((RequestAnswer.Declined) answer);
  }

  private int finish(OneProcess process, Wish wish, Operation operation)
      throws InterruptedException {
    Operation ended =
        OnInterrupt.sayHowToGoOn(() -> process.run(operation, progress, options.patience()));
    return isPlanned(ended) ? approve(process, wish, ended) : show(process, ended);
  }

  private int show(OneProcess process, Operation operation) {
    return result.show(operation, process.evidence(operation));
  }

  private static boolean isPlanned(Operation operation) {
    Pending pending = operation.progress().pending();
    return pending != null && pending.reason() == Reason.AWAITING_APPROVAL;
  }

  /** The plan that was shown is what is approved: of another one the hash is another. */
  private int approve(OneProcess process, Wish wish, Operation planned)
      throws InterruptedException {
    if (!confirmation.toApprove(planned)) {
      return show(process, planned);
    }
    SteerAnswer answer = process.approve(planned, wish.request().origin());
    return answer instanceof SteerAnswer.Accepted accepted
        ? finish(process, wish, accepted.operation())
        : show(process, planned);
  }

  private static int notAgreed() {
    System.err.println("rekey: nothing was changed, since nobody agreed");
    return ExitCode.REFUSED;
  }
}
