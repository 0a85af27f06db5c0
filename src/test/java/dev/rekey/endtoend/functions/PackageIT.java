package dev.rekey.endtoend.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.VaultKey;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.testbed.azurite.Azurite;
import dev.rekey.testbed.functionshost.Binding;
import dev.rekey.testbed.functionshost.FunctionsHost;
import dev.rekey.testbed.functionshost.HostOptions;
import dev.rekey.testbed.functionshost.PackagedApp;
import dev.rekey.testbed.functionshost.PackagedFunction;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What the staged package holds, by its own files, and how soon it is at work. */
class PackageIT {
  private static final Path APP = Path.of("target", "azure-functions", "rekey");

  private final PackagedApp app = PackagedApp.read(APP);

  @Test
  void everyFunction_hasItsTriggerRouteAndQueue() {
    assertThat(app.functions().stream().map(PackageIT::line).sorted())
        .containsExactly(
            "AdvanceOperation queueTrigger rekey-operations",
            "Health httpTrigger GET health ANONYMOUS",
            "ListClusters httpTrigger GET clusters FUNCTION",
            "ListKeys httpTrigger GET keys FUNCTION",
            "OnKeyEvent eventGridTrigger > rekey-key-events",
            "PlanOperation httpTrigger POST clusters/{cluster}/plan FUNCTION",
            "ReadCluster httpTrigger GET clusters/{cluster} FUNCTION",
            "ReadEvidence httpTrigger GET operations/{id}/evidence FUNCTION",
            "ReadOperation httpTrigger GET operations/{id} FUNCTION",
            "ReceiveKeyEvent queueTrigger rekey-key-events",
            "Reconcile timerTrigger 0 */10 * * * *",
            "ReencryptShard queueTrigger rekey-shards",
            "ReleaseWave httpTrigger POST waves/{key}/release ANONYMOUS",
            "StartOperation httpTrigger POST clusters/{cluster}/operations ANONYMOUS",
            "SteerOperation httpTrigger POST operations/{id}/{action} ANONYMOUS");
  }

  @Test
  void bindings_nameOneConnectionAndNoOtherSetting() {
    assertThat(app.settingNames()).containsExactly("AzureWebJobsStorage");
  }

  @Test
  void classes_areInOneJarEachAndNoneIsOfTheSimulationOrTheCommandLine() {
    assertThat(app.classesOfSeveralJars()).isEmpty();
    assertThat(app.classesByPackage().keySet())
        .noneMatch(name -> name.matches("dev[./]rekey[./](simulation|cli|app[./]commandline).*"));
  }

  /** No limit on the time: the figure is printed, for docs/functions.md. */
  @Test
  void firstEventOfAFreshProcess_isQueued() {
    SimulatedVault vault = new SimulatedVault(Clock.systemUTC(), new Random(1));
    vault.createVersion(new VaultKey("example.vault.azure.net", "etcd"));
    String event = vault.takeEvents().get(0);
    try (Azurite azurite = Azurite.start()) {
      Instant begun = Instant.now();
      HostOptions options =
          HostOptions.defaults()
              .storageAccount(Azurite.ACCOUNT, azurite.connectionString())
              .timers(false)
              .holdMessages("ReceiveKeyEvent");
      for (String argument : azurite.trustArguments()) {
        options = options.jvmArgument(argument);
      }
      try (FunctionsHost host = FunctionsHost.start(APP, settings(), options)) {
        assertThat(new Calls(host).deliver(event)).isEqualTo(202);
        Duration took = Duration.between(begun, Instant.now());
        System.out.printf(
            "cold start: %d ms from the start of the JVM to the first event queued; package %.1f MB%n",
            took.toMillis(), app.sizeInBytes() / 1e6);
      }
    }
  }

  private static Map<String, String> settings() {
    return Map.of(
        "REKEY_SCOPES", "/subscriptions/11111111-2222-3333-4444-555555555555",
        "AzureWebJobsStorage__accountName", Azurite.ACCOUNT,
        "AzureWebJobsStorage__credential", "managedidentity");
  }

  private static String line(PackagedFunction function) {
    Binding trigger = function.trigger();
    String more =
        switch (trigger.type()) {
          case "httpTrigger" ->
              String.join(",", function.methods())
                  + " "
                  + function.route()
                  + " "
                  + function.authLevel();
          case "queueTrigger" -> function.queue();
          case "timerTrigger" -> trigger.text("schedule");
          default ->
              "> "
                  + function.outputs().stream()
                      .map(output -> output.text("queueName"))
                      .findFirst()
                      .orElse("");
        };
    return function.name() + " " + trigger.type() + " " + more;
  }
}
