package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rekey.key.KeyIdHash;
import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.KmsPlugin;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import dev.rekey.testbed.Testbed;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A census names where Secrets lie under an older key, as raw etcd holds them; it writes nothing.
 */
class CensusPlacesIT {
  private static final String FIRST = "https://example.vault.azure.net/keys/etcd/1111";
  private static final String SECOND = "https://example.vault.azure.net/keys/etcd/2222";

  @TempDir private Path folder;

  @Test
  void fiftyOfFiveHundredUnderAnOlderKey_countedAndNamedByNamespaceAndByObject() throws Exception {
    try (Testbed testbed = Testbed.with(new KeysInMemory()).replicas(2).key(FIRST).start()) {
      Seed.plant(testbed.requests(), "older", 50, 1024, 3);
      testbed.applyKey(SECOND);
      Seed.plant(testbed.requests(), "newer", 450, 1024, 20);
      Map<String, Long> revisions = revisions(testbed);
      Set<String> stale = under(testbed, FIRST);
      assertThat(stale).hasSizeGreaterThanOrEqualTo(50);

      JsonNode named = census(testbed);
      JsonNode each = census(testbed, "--objects");

      assertThat(named.at("/after/" + label(FIRST)).asLong()).isEqualTo(stale.size());
      assertThat(named.at("/after/" + label(SECOND)).asLong())
          .isEqualTo(revisions.size() - stale.size());
      assertThat(named.at("/accuracy/exact").asBoolean()).isTrue();
      assertThat(places(named)).containsExactly("older-000", "older-001", "older-002");
      assertThat(places(each)).containsAll(stale).hasSize(stale.size() + 3);
      assertThat(named.at("/unnamed")).isEmpty();
      assertThat(each.at("/unnamed")).isEmpty();
      assertThat(revisions(testbed)).isEqualTo(revisions);

      CommandLineRun text = CommandLineRun.of(arguments(testbed, "--objects"));
      assertThat(text.out()).contains("nothing was read meanwhile but each Secret once");
      stale.forEach(secret -> assertThat(text.out()).contains("1  " + secret));
    }
  }

  private JsonNode census(Testbed testbed, String... more) throws Exception {
    CommandLineRun run = CommandLineRun.of(with(arguments(testbed, more), "--output", "json"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return new ObjectMapper().readTree(run.lastLine()).get("census");
  }

  private String[] arguments(Testbed testbed, String... more) {
    return with(
        new String[] {
          "census",
          "--kubeconfig",
          testbed.kubeconfig().toString(),
          "--records",
          folder.resolve("records").toString()
        },
        more);
  }

  private static String[] with(String[] some, String... more) {
    return Stream.of(some, more).flatMap(Arrays::stream).toArray(String[]::new);
  }

  private static Set<String> places(JsonNode census) {
    Set<String> places = new TreeSet<>();
    for (JsonNode place : census.get("places")) {
      JsonNode name = place.get("name");
      places.add(place.get("namespace").asText() + (name.isNull() ? "" : "/" + name.asText()));
    }
    return places;
  }

  private static Set<String> under(Testbed testbed, String keyUrl) {
    return testbed.etcd().secrets().stream()
        .filter(secret -> secret.keyId().equals(testbed.plugin(keyUrl).keyId()))
        .map(secret -> secret.namespace() + "/" + secret.name())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Long> revisions(Testbed testbed) {
    return testbed.etcd().secrets().stream()
        .collect(
            Collectors.toMap(
                secret -> secret.namespace() + "/" + secret.name(), StoredSecret::modRevision));
  }

  private static String label(String keyUrl) {
    return KeyIdHash.ofKmsKeyId(KmsPlugin.keyIdOf(keyUrl)).label();
  }
}
