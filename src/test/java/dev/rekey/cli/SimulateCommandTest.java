package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.app.simulated.Scenario;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulateCommandTest {

  @Test
  void noOptions_rotationIsPlayedFromTheEventToTheEvidence() {
    CommandLineRun run = CommandLineRun.of("simulate", "--secrets", "200", "--namespaces", "4");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("Key Vault sends: [{", "Microsoft.KeyVault.KeyNewVersionCreated")
        .contains("200 = 200 rewritten + 0 current + 0 deleted + 0 exceptions + 0 remaining")
        .contains("not-needed-by-this-cluster");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void jsonAsked_evidenceDocumentIsAllThatStandardOutputHolds() throws Exception {
    CommandLineRun run =
        CommandLineRun.of("simulate", "--secrets", "60", "--namespaces", "3", "--output", "json");

    JsonNode evidence = new ObjectMapper().readTree(run.out());
    assertThat(evidence.path("schema").asText()).isEqualTo("rekey.dev/evidence/v1");
    assertThat(evidence.at("/secrets/rewritten").asInt()).isEqualTo(60);
    assertThat(evidence.at("/proof/unchanged").asInt()).isEqualTo(60);
    assertThat(run.err()).contains("proved");
  }

  @Test
  void kmsTurnedOff_noSentenceSpeaksOfATargetKeyAndTheKeyIsToBeKept() {
    CommandLineRun run =
        CommandLineRun.of("simulate", "--kind", "disable", "--secrets", "60", "--namespaces", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .doesNotContain("target key", "new key version", "write with this key")
        .contains("every Secret is proved to be stored plain")
        .containsPattern("ARM shows +KMS off\n")
        .containsPattern("to +plain\n")
        .contains("each seen to write plain (reloaded)")
        .contains("it must neither be deleted nor expire");
  }

  @Test
  void wayToTheVaultChanged_oneKeyIsNamedAndThatItWasPlainInBetween() {
    CommandLineRun run =
        CommandLineRun.of(
            "simulate", "--kind", "change-vault-access", "--secrets", "60", "--namespaces", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("  key +https://example.vault.azure.net/keys/etcd/")
        .containsPattern(
            "earlier +disable: 60 Secrets, 60 rewritten; proof by counters, 60 unmoved")
        .contains("ARM shows that KMS is off, and has settled");
  }

  @Test
  void rescue_isNotSaidToHaveProvedAnything() {
    CommandLineRun run =
        CommandLineRun.of(
            "simulate", "--kind", "recover-expired-key", "--secrets", "60", "--namespaces", "3");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("rescue: 60 Secrets, 60 rewritten; nothing was proved of it");
  }

  @Test
  void fleetPlayed_lastLineTellsWhatCameOfIt() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            "simulate", "--fleet", "2", "--days", "30", "--seed", "3", "--output", "json");

    JsonNode figures = new ObjectMapper().readTree(run.lastLine());
    assertThat(run.exitCode()).isZero();
    assertThat(figures.path("clusters").asInt()).isEqualTo(2);
    assertThat(figures.path("proved").asInt()).isEqualTo(2);
    assertThat(figures.path("violations").asInt(-1)).isZero();
    assertThat(figures.path("outages").asInt()).isPositive();
    assertThat(figures.has("rotations") && figures.has("stalled") && figures.has("events"))
        .isTrue();
    assertThat(figures.path("seed").asLong()).isEqualTo(3);
  }

  @Test
  void fleetAsText_logOfItsMonthsComesBeforeTheFigures() {
    CommandLineRun run =
        CommandLineRun.of("simulate", "--fleet", "2", "--days", "30", "--seed", "3");

    assertThat(run.out()).startsWith("2026-01  ").contains("errors  ", "trouble  ", "alerted  ");
    assertThat(run.lastLine()).startsWith("2 of 2 clusters proved; ").endsWith("; seed 3");
  }

  @Test
  void optionsOfAFleetThatCanNotBe_allAreToldAtOnce() {
    CommandLineRun run =
        CommandLineRun.of(
            "simulate", "--fleet", "0", "--days", "29", "--secrets", "5", "--disorder");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("--fleet 0", "a number from 1 to 500", "--days 29", "a number from 30 to 1000")
        .contains("--kind, --secrets, --namespaces and --replicas", "no option of a scenario");
  }

  /** Who asks for what can't be had is told, not shown something else. */
  @Test
  void optionThatWouldSayNothing_isRefused() {
    for (String[] more :
        new String[][] {
          {"--fleet", "2", "--kind", "disable"},
          {"--fleet", "2", "--replicas", "3"},
          {"--scenario", "rotate", "--kind", "disable"}
        }) {
      CommandLineRun run =
          CommandLineRun.of(
              Stream.concat(Stream.of("simulate"), Stream.of(more)).toArray(String[]::new));

      assertThat(run.exitCode()).as(String.join(" ", more)).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains("rekey: " + more[0].replace("--scenario", "--kind"));
    }
  }

  @Test
  void daysWithoutAFleet_areRefused() {
    CommandLineRun run = CommandLineRun.of("simulate", "--days", "30");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--days", "--fleet beside it");
  }

  @Test
  void sameSeed_sameOutputByteForByte() {
    String[] command = {"simulate", "--seed", "7", "--secrets", "90", "--output", "json"};

    assertThat(CommandLineRun.of(command)).isEqualTo(CommandLineRun.of(command));
  }

  @Test
  void anotherSeed_otherCourseOfEvents() {
    CommandLineRun one = CommandLineRun.of("simulate", "--seed", "1", "--secrets", "40");
    CommandLineRun other = CommandLineRun.of("simulate", "--seed", "2", "--secrets", "40");

    assertThat(other.out()).isNotEqualTo(one.out());
    assertThat(other.exitCode()).isZero();
  }

  @Test
  void noSecretsAtAll_rotationIsProvedAllTheSame() {
    assertThat(CommandLineRun.of("simulate", "--secrets", "0").exitCode()).isZero();
  }

  @Test
  void numberOutOfRange_usageErrorNamesTheOptionAndTheRange() {
    CommandLineRun run = CommandLineRun.of("simulate", "--replicas", "0");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--replicas 0", "a number from 1 to 9");
  }

  @Test
  void faultAtACall_isToldWithTheCallAndWhetherEveryPromiseHeld() {
    CommandLineRun run = CommandLineRun.of("simulate", "--faults", "400:crash-after");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains(" 400 ", " ! crash-after", "every promise held");
  }

  @Test
  void scenarioWithoutFaults_isPlayedAllTheSame() {
    CommandLineRun run = CommandLineRun.of("simulate", "--scenario", "renew", "--calls");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("Vault.rotate by RenewKeys", "1 key versions made");
  }

  @Test
  void faultThatMeetsNoCall_isAMistakeOfThePlan() {
    CommandLineRun run = CommandLineRun.of("simulate", "--faults", "5:busy,999999:busy");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--faults 999999:busy", "it made ");
  }

  @Test
  void planThatCantBeRead_namesWhatCouldStandThere() {
    CommandLineRun run = CommandLineRun.of("simulate", "--faults", "12:explode");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("explode", "crash-before", "patch-denied-by-webhook");
  }

  @Test
  void scenarioThatThereIsNot_namesThoseThatThereAre() {
    CommandLineRun run = CommandLineRun.of("simulate", "--scenario", "disaster");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--scenario disaster").contains(scenarios());
  }

  @Test
  void helpAsked_namesEveryScenario() {
    CommandLineRun run = CommandLineRun.of("simulate", "--help");

    assertThat(run.out().replaceAll("\\s+", "")).contains(scenarios().replace(" ", ""));
  }

  @Test
  void eventsInAnOrderOfTheirOwn_arriveInIt() {
    CommandLineRun run =
        CommandLineRun.of(
            "simulate",
            "--scenario",
            "rotate",
            "--events",
            "expired:2,created:3,near-expiry:1",
            "--calls");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsSubsequence("EXPIRED", "NEW_VERSION_CREATED", "NEAR_EXPIRY");
    assertThat(run.out()).contains("every promise held");
  }

  @Test
  void eventsApart_anotherCourseThanAtOnce() {
    String[] atOnce = {"simulate", "--events", "created:2,created:3", "--calls"};
    String[] apart = {"simulate", "--events", "created:2,created:3", "--apart", "100s", "--calls"};

    CommandLineRun run = CommandLineRun.of(apart);

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).isNotEqualTo(CommandLineRun.of(atOnce).out());
    assertThat(run).isEqualTo(CommandLineRun.of(apart));
  }

  @Test
  void manyBadOptions_eachIsNamedWithItsFormAtOnce() {
    CommandLineRun run =
        CommandLineRun.of(
            "simulate",
            "--replicas",
            "0",
            "--faults",
            "soon",
            "--events",
            "created:2,lost:1,expired:4,,created",
            "--apart",
            "never");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .contains("--replicas 0: expected a number from 1 to 9")
        .contains("--faults: expected a plan such as 17:crash-before,23:busy")
        .contains("--events 'lost:1': expected events such as created:2,near-expiry:1,expired:2")
        .contains("--events 'expired:4'", "--events '':", "--events 'created':", "1 to 3")
        .contains("--apart never: expected a time above zero and up to 1h, such as 100s")
        .doesNotContain("created:2'", "Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "61m", "100", "-100s", "", "PT9999999999H"})
  void apartOutOfRange_usageErrorShowsTheForm(String apart) {
    CommandLineRun run = CommandLineRun.of("simulate", "--events", "created:2", "--apart", apart);

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--apart " + apart + ": expected", "such as 100s");
  }

  @Test
  void eventsOfAnotherScenario_usageErrorNamesTheOneThatTakesThem() {
    CommandLineRun run =
        CommandLineRun.of("simulate", "--scenario", "renew", "--events", "created:2");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--events: expected --scenario rotate beside it, not renew");
  }

  @Test
  void apartWithoutEvents_usageErrorNamesWhatIsMissing() {
    CommandLineRun run = CommandLineRun.of("simulate", "--scenario", "rotate", "--apart", "5s");

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("--apart: expected --events beside it");
  }

  private static String scenarios() {
    return Arrays.stream(Scenario.values()).map(Scenario::token).collect(Collectors.joining(", "));
  }
}
