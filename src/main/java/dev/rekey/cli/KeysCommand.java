package dev.rekey.cli;

import dev.rekey.aks.ArmClusters;
import dev.rekey.app.commandline.AzureFleet;
import dev.rekey.key.Cloud;
import dev.rekey.service.KeysReport;
import dev.rekey.web.KeysJson;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the versions of the keys that clusters use, and whether one may go. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Shows the versions of every key that clusters in Azure use or have used: their state and"
          + " expiry, which cluster needs them and why, and whether any known cluster still does.",
      "Judges by Azure Resource Manager, the vaults, and what the records tell of slots, proofs and"
          + " counts. Says too whether each key's rotation policy suits AKS, and what to type.",
      "Only advice: nothing is changed. Exit code 3 if something could not be looked at."
    },
    footer = {
      "",
      "Example: rekey keys --cluster ID",
      "Example: rekey keys --scope /subscriptions/GUID/resourceGroups/GROUP --output json"
    })
final class KeysCommand implements Callable<Integer> {
  private static final String SCOPE =
      "the ARM id of a subscription, a resource group or an AKS cluster, such as"
          + " /subscriptions/GUID/resourceGroups/GROUP";

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private ClusterInAzure azure;

  @Option(
      names = "--scope",
      paramLabel = "ID",
      description =
          "Where clusters are looked for: the ARM id of a subscription, a resource group or a"
              + " cluster. Can be given more than once.")
  private List<String> scopes = new ArrayList<>();

  @Option(
      names = "--records",
      paramLabel = "FOLDER",
      description =
          "Where the commands keep operations and evidence. Default: rekey in your state folder"
              + " (~/.local/state).")
  private @Nullable Path records;

  @Option(
      names = "--output",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "text or json. Default: ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init")
  private OutputFormat output;

  @Override
  public Integer call() {
    BadOptions bad = new BadOptions();
    Cloud cloud = azure.cloud(bad);
    List<String> looked = scopes(bad);
    bad.refuse();
    Path folder = records == null ? StateFolder.standard() : records;
    KeysReport report = AzureFleet.keys(looked, folder, azure.around(cloud));
    boolean json = output == OutputFormat.JSON;
    System.out.print(json ? KeysJson.text(report) + "\n" : KeysText.of(report));
    System.out.flush();
    return report.isComplete() ? ExitCode.DONE : ExitCode.NOT_YET;
  }

  private List<String> scopes(BadOptions bad) {
    List<String> all = new ArrayList<>();
    if (azure.isNamed()) {
      all.add(azure.id(bad));
    }
    for (String scope : scopes) {
      String id = scope.strip().replaceFirst("/$", "");
      if (!ArmClusters.isScope(id)) {
        bad.add("--scope " + scope, SCOPE);
      }
      all.add(id);
    }
    if (all.isEmpty()) {
      bad.add("--cluster or --scope", "one of them at least");
    }
    return all;
  }
}
