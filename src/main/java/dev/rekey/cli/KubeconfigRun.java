package dev.rekey.cli;

import dev.rekey.app.commandline.KubeconfigRekey;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import java.time.ZoneId;
import java.util.Optional;

/** Runs an operation on a real cluster, an unfinished one of an earlier run first. */
final class KubeconfigRun {
  private final KubeconfigOptions options;

  KubeconfigRun(KubeconfigOptions options) {
    this.options = options;
  }

  /** Begins an operation; empty if another one is active. */
  interface Start {
    Optional<Operation> of(OneProcess process, ClusterName cluster, Origin origin);
  }

  int run(Kind kind) throws InterruptedException {
    return run(
        kind, (process, cluster, origin) -> process.start(cluster, kind, Route.UNKNOWN, origin));
  }

  int run(Kind kind, Start start) throws InterruptedException {
    try (KubeconfigRekey rekey = options.open()) {
      rekey.checkAccess();
      return run(kind, start, rekey.process(), rekey.cluster());
    }
  }

  private int run(Kind kind, Start start, OneProcess process, ClusterName cluster)
      throws InterruptedException {
    ShowProgress progress = ShowProgress.forFormat(options.output(), ZoneId.systemDefault());
    Optional<Operation> unfinished = process.unfinished(cluster);
    if (unfinished.isPresent()) {
      Operation earlier = unfinished.get();
      if (kind == Kind.CENSUS && earlier.kind() != Kind.CENSUS) {
        throw UnfinishedBusiness.beforeCensus(earlier);
      }
      progress.goOnWith(earlier);
      process.takeUp(earlier);
      int code = finish(process, earlier, progress);
      if (code != ExitCode.DONE || earlier.kind() == kind) {
        return code;
      }
    }
    Operation started = start.of(process, cluster, Person.atThisMachine()).orElseThrow();
    return finish(process, started, progress);
  }

  /** Looks at the exceptions of the last operation again, or goes on with one that has stalled. */
  int retryExceptions() throws InterruptedException {
    try (KubeconfigRekey rekey = options.open()) {
      rekey.checkAccess();
      OneProcess process = rekey.process();
      boolean unfinished = process.unfinished(rekey.cluster()).isPresent();
      Optional<Operation> retried =
          process.retryExceptions(rekey.cluster(), Person.atThisMachine());
      if (retried.isEmpty()) {
        return new ShowResult(options.output(), System.out, System.err).nothingToRetry();
      }
      if (unfinished) {
        process.takeUp(retried.get());
      }
      ShowProgress progress = ShowProgress.forFormat(options.output(), ZoneId.systemDefault());
      return finish(process, retried.get(), progress);
    }
  }

  private int finish(OneProcess process, Operation operation, ShowProgress progress)
      throws InterruptedException {
    Operation ended =
        OnInterrupt.sayHowToGoOn(() -> process.run(operation, progress, options.patience()));
    return new ShowResult(options.output(), System.out, System.err)
        .show(ended, process.evidence(ended));
  }
}
