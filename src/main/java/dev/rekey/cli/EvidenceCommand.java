package dev.rekey.cli;

import dev.rekey.app.commandline.KubeconfigRekey;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.SecretException;
import dev.rekey.service.port.Records;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what an operation has left, from the records alone. */
@Command(
    name = "evidence",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the evidence of the last operation, or every Secret that it could not rewrite.",
      "Reads the records only; the cluster isn't asked."
    })
final class EvidenceCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Option(
      names = "--operation",
      paramLabel = "ID",
      description = "Which operation. Default: the last one.")
  private @Nullable String id;

  @Option(
      names = "--exceptions",
      description =
          "All exceptions, a line each: namespace/name, reason, who denied it, with tabs between.")
  private boolean exceptions;

  @Override
  public Integer call() {
    try (KubeconfigRekey rekey = options.open()) {
      Optional<Operation> operation =
          rekey.process().operations(rekey.cluster()).stream()
              .filter(one -> id == null || one.id().equals(id))
              .reduce((earlier, later) -> later);
      if (operation.isEmpty()) {
        System.err.println("rekey: the records hold no such operation on this cluster");
        return ExitCode.FAILED;
      }
      return exceptions
          ? listExceptions(rekey.process(), operation.get())
          : showEvidence(rekey.process(), operation.get());
    }
  }

  private static int listExceptions(OneProcess process, Operation operation) {
    process.exceptions(operation, one -> System.out.println(line(one)));
    return ExitCode.DONE;
  }

  private static String line(SecretException one) {
    String by = one.by() == null ? "" : "\t" + one.by();
    return one.namespace() + "/" + one.name() + "\t" + one.reason().token() + by;
  }

  private int showEvidence(OneProcess process, Operation operation) {
    Optional<Records.StoredEvidence> stored = process.evidence(operation);
    if (stored.isEmpty()) {
      System.err.println("rekey: operation " + operation.id() + " has left no evidence");
      return ExitCode.NOT_YET;
    }
    boolean json = options.output() == OutputFormat.JSON;
    System.out.print(
        json ? stored.get().bytes() + "\n" : new EvidenceText(stored.get().evidence()).text());
    return ExitCode.DONE;
  }
}
