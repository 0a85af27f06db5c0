package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyIdHash;
import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import dev.rekey.testbed.Testbed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person with a kubeconfig types them, on a real cluster. */
class CommandLineIT {
  private static final String FIRST = "https://example.vault.azure.net/keys/etcd/1111";
  private static final String SECOND = "https://example.vault.azure.net/keys/etcd/2222";

  @TempDir private Path folder;

  @Test
  void rotatedByHand_censusCountsReencryptProvesAndCensusCountsAgain() throws Exception {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).replicas(2).key(FIRST).start()) {
      Seed seed = Seed.plant(testbed.requests(), 500, 1024, 10);
      testbed.applyKey(SECOND);
      Seed.plant(testbed.requests(), "later", 30, 1024, 3);
      long stored = testbed.etcd().secrets().size();

      CommandLineRun before = run(testbed, "census", "--output", "json");
      JsonNode counts = json(before).at("/census/after");
      assertThat(before.exitCode()).isZero();
      assertThat(counts.get(label(testbed, FIRST)).asLong()).isEqualTo(stored - 30);
      assertThat(counts.get(label(testbed, SECOND)).asLong()).isEqualTo(30);

      CommandLineRun plan = run(testbed, "plan", "--output", "json");
      assertThat(plan.exitCode()).isZero();
      assertThat(json(plan).at("/secrets").asLong()).isEqualTo(stored);
      assertThat(json(plan).at("/shards").asInt()).isEqualTo(1);
      assertThat(json(plan).at("/estimate/seconds").asLong()).isPositive();
      assertThat(json(plan).at("/steps/2/step").asText()).isEqualTo("write");
      assertThat(byKey(testbed)).as("a plan changes nothing").hasSize(2);

      CommandLineRun doctor = run(testbed, "doctor", "--output", "json");
      assertThat(doctor.exitCode()).as(doctor.err()).isZero();
      assertThat(json(doctor).at("/findings").findValuesAsText("verdict"))
          .containsExactly("passed", "passed");
      assertThat(json(doctor).at("/dryRun/looked").asLong()).isEqualTo(stored);
      assertThat(byKey(testbed)).as("neither does an examination").hasSize(2);

      CommandLineRun reencrypt = run(testbed, "reencrypt", "--output", "json");
      assertThat(reencrypt.exitCode()).isZero();
      assertThat(json(reencrypt).at("/secrets/discovered").asLong()).isEqualTo(stored);
      assertThat(json(reencrypt).at("/estimate/seconds").asLong()).isPositive();
      assertThat(json(reencrypt).at("/convergence/method").asText()).isEqualTo("observed");
      assertThat(json(reencrypt).at("/previousHash").asText()).startsWith("sha256:");
      assertThat(byKey(testbed)).isEqualTo(Map.of(testbed.plugin(SECOND).keyId(), stored));
      assertThat(seed.differences()).isEmpty();

      CommandLineRun after = run(testbed, "census");
      assertThat(after.exitCode()).isZero();
      assertThat(after.out()).contains("Nothing was written and no Secret was read");
    }
  }

  @Test
  void killedInTheMiddle_typedAgainItGoesOnAndAllIsProved() throws Exception {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      Seed seed = Seed.plant(testbed.requests(), 3_000, 256, 10);
      testbed.applyKey(SECOND);
      long stored = testbed.etcd().secrets().size();

      Process process = child(testbed, "reencrypt", "--in-flight", "2");
      while (byKey(testbed).getOrDefault(testbed.plugin(SECOND).keyId(), 0L) < 200) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(20);
      }
      process.destroyForcibly().waitFor();
      assertThat(byKey(testbed)).as("killed before its end").hasSize(2);

      CommandLineRun census = run(testbed, "census");
      assertThat(census.exitCode()).as("a census doesn't go on with what writes").isEqualTo(3);
      assertThat(census.err()).contains("unfinished");
      assertThat(byKey(testbed)).hasSize(2);

      CommandLineRun again = run(testbed, "reencrypt", "--output", "json");

      assertThat(again.exitCode()).isZero();
      assertThat(again.err()).contains("Going on with the unfinished reencrypt");
      assertThat(json(again).at("/secrets/discovered").asLong()).isEqualTo(stored);
      assertThat(json(again).at("/secrets/remaining").asLong()).isZero();
      assertThat(json(again).at("/proof/unchanged").asLong()).isEqualTo(stored);
      assertThat(byKey(testbed)).isEqualTo(Map.of(testbed.plugin(SECOND).keyId(), stored));
      assertThat(seed.differences()).isEmpty();
    }
  }

  @Test
  void rightToReadMetricsMissing_refusedWithTheRightNamed() throws Exception {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      testbed
          .requests()
          .delete("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings/rekey")
          .expectSuccess();

      CommandLineRun run = run(testbed, "census");
      for (int tries = 0; run.exitCode() == 0 && tries < 100; tries++) {
        run = run(testbed, "census"); // the API server notices a change of rights in its own time
      }

      assertThat(run.exitCode()).isEqualTo(4);
      assertThat(run.err()).contains("kubectl auth can-i").doesNotContain("\tat ");
    }
  }

  @Test
  void namespaceIsFrozenAndThawedAgain_itsSecretsAreNamedThenRetriedAloneAndAllIsProved()
      throws Exception {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(FIRST).start()) {
      Seed seed = Seed.plant(testbed.requests(), 100, 256, 5);
      testbed.applyKey(SECOND);
      testbed.denySecretUpdates(seed.namespaces().get(0));
      long stored = testbed.etcd().secrets().size();

      CommandLineRun first = run(testbed, "reencrypt");
      assertThat(first.exitCode()).isEqualTo(3);
      assertThat(first.err()).contains("20 Secrets", "--retry-exceptions");
      CommandLineRun named = run(testbed, "evidence", "--exceptions");
      assertThat(named.exitCode()).isZero();
      assertThat(named.out().lines())
          .hasSize(20)
          .allMatch(line -> line.startsWith(seed.namespaces().get(0) + "/"))
          .allMatch(line -> line.contains("\tdenied-by-policy\tfrozen-"));

      testbed.allowSecretUpdates(seed.namespaces().get(0));
      CommandLineRun again = run(testbed, "reencrypt", "--retry-exceptions", "--output", "json");

      assertThat(again.exitCode()).isZero();
      assertThat(json(again).at("/secrets/discovered").asLong()).isEqualTo(20);
      assertThat(json(again).at("/secrets/rewritten").asLong()).isEqualTo(20);
      assertThat(json(again).at("/proof/unchanged").asLong()).isEqualTo(stored);
      assertThat(byKey(testbed)).isEqualTo(Map.of(testbed.plugin(SECOND).keyId(), stored));
      assertThat(run(testbed, "evidence", "--output", "json").lastLine())
          .isEqualTo(again.lastLine());
      CommandLineRun nothing = run(testbed, "reencrypt", "--retry-exceptions");
      assertThat(nothing.exitCode()).isZero();
      assertThat(nothing.err()).contains("nothing to retry");
      assertThat(seed.differences()).isEmpty();
    }
  }

  private CommandLineRun run(Testbed testbed, String... command) {
    return CommandLineRun.of(arguments(testbed, command).toArray(new String[0]));
  }

  private Process child(Testbed testbed, String... command) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path"), "dev.rekey.cli.Rekey"));
    line.addAll(arguments(testbed, command));
    Path log = Files.createTempFile(folder, "child", ".log");
    return new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private List<String> arguments(Testbed testbed, String... command) {
    List<String> all = new ArrayList<>(List.of(command));
    all.addAll(List.of("--kubeconfig", testbed.kubeconfig().toString()));
    all.addAll(List.of("--records", folder.resolve("records").toString()));
    return all;
  }

  private static JsonNode json(CommandLineRun run) throws Exception {
    return new ObjectMapper().readTree(run.lastLine());
  }

  private static String label(Testbed testbed, String keyUrl) {
    return KeyIdHash.ofKmsKeyId(testbed.plugin(keyUrl).keyId()).label();
  }

  private static Map<String, Long> byKey(Testbed testbed) {
    return testbed.etcd().secrets().stream()
        .collect(Collectors.groupingBy(StoredSecret::keyId, Collectors.counting()));
  }
}
