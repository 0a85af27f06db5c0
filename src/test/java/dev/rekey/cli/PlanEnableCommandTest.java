package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What it prints is run by bash, which every machine that builds this has, with an az of ours. */
class PlanEnableCommandTest {
  private static final String KEY_ID = "https://kv-prod.vault.azure.net/keys/etcd/0123456789abcdef";

  /** Notes each call, and answers what the script asks for. */
  private static final String AZ =
      """
      #!/usr/bin/env bash
      printf '%%s\\n' "$*" >>"$CALLS"
      case "$*" in
        "identity show"*"--query id "*) echo /identity ;;
        "identity show"*) echo principal ;;
        "keyvault show"*) echo /vault ;;
        "keyvault key show"*) echo %1$s ;;
        "keyvault key list"*) [ "$(grep -c 'key list' "$CALLS")" -ge 3 ] ;;
        "ad signed-in-user show"*) echo person ;;
        "aks show"*enableVnetIntegration*) echo true ;;
        "aks show"*to_string*) echo "true %1$s $MODE" ;;
      esac
      """
          .formatted(KEY_ID);

  private static final String SLEEP =
      """
      #!/usr/bin/env bash
      printf 'sleep %s\\n' "$*" >>"$CALLS"
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "public, rbac, Public",
    "public, policies, Public",
    "private, rbac, Private",
    "private, policies, Private"
  })
  void script_runsFromItsFirstCommandToTheVerification(String access, String rights, String mode)
      throws Exception {
    Run run = runScript(mode, "--vault-access", access, "--vault-rights", rights);

    assertThat(run.printed()).contains("== What AKS has taken", KEY_ID);
    assertThat(run.exitCode()).isZero();
    assertThat(run.calls())
        .containsSubsequence(
            "group create --name rg-prod --location westeurope --output none",
            "keyvault show --name kv-prod --resource-group rg-prod --query id --output tsv",
            "keyvault key show --vault-name kv-prod --name etcd --query key.kid --output tsv");
    assertThat(run.calls())
        .anyMatch(call -> call.startsWith("aks create ") && call.contains(KEY_ID + " "))
        .noneMatch(call -> call.contains("$"));
  }

  @Test
  void ownRoleSpreadsSlowly_keyIsMadeOnceAfterIt() throws Exception {
    List<String> calls = runScript("Public").calls();

    assertThat(calls)
        .containsSubsequence("sleep 30", "keyvault key list --vault-name kv-prod --output none");
    assertThat(calls).filteredOn(call -> call.startsWith("keyvault key create ")).hasSize(1);
    assertThat(calls.indexOf("sleep 600")).isLessThan(indexOf(calls, "aks create "));
  }

  @Test
  void privateVault_isClosedBetweenItsKeyAndTheCluster() throws Exception {
    List<String> calls = runScript("Private", "--vault-access", "private").calls();

    int closed = indexOf(calls, "keyvault update ");
    assertThat(indexOf(calls, "keyvault key show ")).isLessThan(closed);
    assertThat(closed).isLessThan(indexOf(calls, "aks create "));
    assertThat(calls.subList(closed, calls.size()))
        .noneMatch(call -> call.startsWith("keyvault key"));
  }

  @Test
  void aksShowsAnotherMode_scriptEndsWithAnError() throws Exception {
    Run run = runScript("Private");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.printed()).contains("AKS shows something else than was asked for");
  }

  @Test
  void bicepAsked_itIsAllThatIsPrinted() {
    CommandLineRun run = enable("--bicep", "--vault-access", "PRIVATE");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).startsWith("// ").contains("resource cluster ").doesNotContain("#!");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void namesGiven_areTakenInsteadOfTheUsualOnes() {
    String out =
        enable("--resource-group", "g", "--vault", "my-vault", "--key", "k", "--identity", "me-1")
            .out();

    assertThat(out)
        .contains("RESOURCE_GROUP='g'", "VAULT='my-vault'", "KEY='k'", "IDENTITY='me-1'");
  }

  @Test
  void manyBadOptions_eachIsNamedWithItsFormAtOnce() {
    CommandLineRun run =
        CommandLineRun.of(
            "plan",
            "enable",
            "--new",
            "--cluster",
            "a b",
            "--location",
            "West Europe",
            "--vault",
            "kv--x",
            "--rotate-after",
            "365",
            "--expire-after",
            "400",
            "--output",
            "json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("--output json: expected text, or --bicep")
        .contains("--cluster a b: expected 1 to 63 letters")
        .contains("--location West Europe: expected a region's short name, such as westeurope")
        .contains("--vault kv--x: expected 3 to 24 letters")
        .contains("--expire-after 400: expected 760 to 3650 days")
        .doesNotContain("--identity", "--resource-group", "Exception");
  }

  @Test
  void onlyJsonIsBad_nothingIsPrinted() {
    CommandLineRun run = enable("--output", "json");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void newNotSaid_usageErrorNamesIt() {
    CommandLineRun run =
        CommandLineRun.of("plan", "enable", "--cluster", "prod", "--location", "westeurope");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--location: expected --new beside it");
  }

  @Test
  void newClusterWithoutRegion_usageErrorNamesIt() {
    CommandLineRun run = CommandLineRun.of("plan", "enable", "--new", "--cluster", "prod");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--location: expected the region of all of it");
  }

  @Test
  void optionForAClusterThatIsThere_isRefusedBesideNewInsteadOfPassedOver() {
    CommandLineRun run = enable("--network-access", "private", "--context", "c");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains("--network-access: expected no --new beside it")
        .contains("--context: expected no --new beside it");
  }

  @Test
  void optionOfPlanBeforeEnable_isRefusedInsteadOfPassedOver() {
    CommandLineRun run =
        CommandLineRun.of(
            "plan", "--kubeconfig", "x", "enable", "--new", "--cluster", "p", "--location", "xyz");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--kubeconfig");
  }

  @Test
  void noKindSaid_planIsThatOfReencryptAsBefore() {
    Path nowhere = folder.resolve("nowhere");
    CommandLineRun run = CommandLineRun.of("plan", "--kubeconfig", nowhere.toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains(nowhere.toString());
  }

  @Test
  void helpOfPlan_namesEnable() {
    assertThat(CommandLineRun.of("plan", "--help").out()).contains("--kubeconfig", "enable");
  }

  private static CommandLineRun enable(String... more) {
    Stream<String> usual =
        Stream.of("plan", "enable", "--new", "--cluster", "prod", "--location", "westeurope");
    return CommandLineRun.of(Stream.concat(usual, Stream.of(more)).toArray(String[]::new));
  }

  private Run runScript(String mode, String... options) throws Exception {
    Path script = Files.writeString(folder.resolve("enable.sh"), enable(options).out());
    executable("az", AZ);
    executable("sleep", SLEEP);
    Path calls = folder.resolve("calls");
    ProcessBuilder bash = new ProcessBuilder("bash", script.toString()).redirectErrorStream(true);
    bash.environment().merge("PATH", folder.toString(), (path, first) -> first + ":" + path);
    bash.environment().put("CALLS", calls.toString());
    bash.environment().put("MODE", mode);
    Process process = bash.start();
    String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Run(process.waitFor(), printed, Files.readAllLines(calls));
  }

  private void executable(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
  }

  private static int indexOf(List<String> calls, String beginning) {
    for (int index = 0; index < calls.size(); index++) {
      if (calls.get(index).startsWith(beginning)) {
        return index;
      }
    }
    throw new AssertionError("no call begins with " + beginning + " in " + calls);
  }

  private record Run(int exitCode, String printed, List<String> calls) {}
}
