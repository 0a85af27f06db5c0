package dev.rekey.cli;

import dev.rekey.app.commandline.KeptRecords;
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
      "Reads the records only; the cluster isn't asked. Of a cluster in Azure it takes --cluster, of"
          + " any other the kubeconfig."
    })
final class EvidenceCommand implements Callable<Integer> {
  @Mixin
  @SuppressWarnings("NullAway.Init")
  private KubeconfigOptions options;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ClusterInAzure azure;

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
    try (KeptRecords records = azure.isNamed() ? options.records(azure) : options.records()) {
      Optional<Operation> operation =
          records.operations().stream()
              .filter(one -> id == null || one.id().equals(id))
              .reduce((earlier, later) -> later);
      if (operation.isEmpty()) {
        System.err.println("rekey: the records hold no such operation on this cluster");
        return ExitCode.FAILED;
      }
      return exceptions
          ? listExceptions(records, operation.get())
          : showEvidence(records, operation.get());
    }
  }

  private static int listExceptions(KeptRecords records, Operation operation) {
    records.exceptions(operation, one -> System.out.println(line(one)));
    return ExitCode.DONE;
  }

  private static String line(SecretException one) {
    String by = one.by() == null ? "" : "\t" + one.by();
    return one.namespace() + "/" + one.name() + "\t" + one.reason().token() + by;
  }

  private int showEvidence(KeptRecords records, Operation operation) {
    Optional<Records.StoredEvidence> stored = records.evidence(operation);
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
