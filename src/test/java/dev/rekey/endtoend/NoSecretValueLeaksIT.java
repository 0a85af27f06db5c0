package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Conversation;
import dev.rekey.testbed.Conversation.Request;
import dev.rekey.testbed.RecordingProxy;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Testbed;
import dev.rekey.testbed.ValueSearch;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Promise S6: no Secret value comes near Rekey, in any form. A whole rotation goes through a proxy
 * that sees every byte in the clear; none of the values, each of which is known and unique, is
 * among them, nor in anything that is kept or said.
 */
class NoSecretValueLeaksIT {
  private static final String METADATA =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";
  private static final Pattern SEEDED_NAME = Pattern.compile("\"(secret-\\d{5})\"");

  /** Rekey itself says nothing: this shows that it would be heard. */
  private static final String SAID = "The rotation begins";

  private RecordingProxy proxy;

  private Path throughProxy(Testbed testbed) {
    proxy = testbed.recordingProxy();
    return testbed.kubeconfig(testbed.rekey(), proxy.url());
  }

  @Test
  void aWholeRotation_noValueOnTheWireNorInAnythingKeptOrSaid() throws Exception {
    try (RealCluster cluster = new RealCluster(1, this::throughProxy);
        CapturedOutput output = new CapturedOutput()) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 2_000, 1024, 40);
      ValueSearch values = ValueSearch.forAll(seed.markers().values());
      assertFinds(values, seed, cluster.testbed);

      Operation rotation = rotate(cluster);

      assertThat(rotation.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
      assertThat(seed.differences()).isEmpty();
      assertRecordingIsWhole(seed);
      for (Conversation conversation : proxy.conversations()) {
        assertThat(values.in(conversation.askedBytes())).isEmpty();
        assertThat(values.in(conversation.answeredBytes())).isEmpty();
      }
      assertKeptAndSaidHoldNone(values, cluster, rotation, output);
      assertOnlyAllowedRequests();
    }
  }

  /** The one way left: a policy's own words. They arrive, and go no further. */
  @Test
  void aPolicyQuotesTheSecretsThatItDenies_itsWordsAreNeitherKeptNorSaid() throws Exception {
    try (RealCluster cluster = new RealCluster(1, this::throughProxy);
        CapturedOutput output = new CapturedOutput()) {
      Seed seed = Seed.plant(cluster.testbed.requests(), 60, 200, 3);
      ValueSearch values = ValueSearch.forAll(seed.markers().values());
      cluster.testbed.denySecretUpdatesQuotingThem("seeded-001");

      Operation rotation = rotate(cluster);

      assertThat(cluster.evidence(rotation).exceptions()).hasSize(20);
      Set<String> arrived = new TreeSet<>();
      proxy.conversations().forEach(each -> arrived.addAll(values.in(each.answeredBytes())));
      assertThat(arrived)
          .isNotEmpty()
          .isSubsetOf(markers(seed, name -> name.startsWith("seeded-001/")));
      assertKeptAndSaidHoldNone(values, cluster, rotation, output);
    }
  }

  /** One answer breaks off, so that there is an exception to look into. */
  private Operation rotate(RealCluster cluster) throws InterruptedException {
    System.out.println(SAID);
    cluster.newVersionArrives();
    proxy.breakNextAnswer();
    return cluster.finish(cluster.active());
  }

  /** What can't find anything would not find a leak. */
  private static void assertFinds(ValueSearch values, Seed seed, Testbed testbed) {
    for (String namespace : List.of("seeded-000", "seeded-007")) {
      String path = "/api/v1/namespaces/" + namespace + "/secrets";
      assertThat(values.in(testbed.requests().get(path).expectSuccess().body()))
          .isEqualTo(markers(seed, name -> name.startsWith(namespace + "/")));
      assertThat(values.in(testbed.requests().getAs(METADATA, path).expectSuccess().body()))
          .as("why metadata isn't harmless: kubectl leaves whole Secrets in an annotation")
          .isNotEmpty();
    }
  }

  private static Set<String> markers(Seed seed, Predicate<String> ofSecrets) {
    return seed.markers().entrySet().stream()
        .filter(entry -> ofSecrets.test(entry.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void assertRecordingIsWhole(Seed seed) {
    Set<String> seeded =
        seed.markers().keySet().stream()
            .map(name -> name.substring(name.indexOf('/') + 1))
            .collect(Collectors.toSet());
    Set<String> answered = new TreeSet<>();
    for (Conversation conversation : proxy.conversations()) {
      String text = new String(conversation.answeredBytes(), StandardCharsets.ISO_8859_1);
      assertThat(text.toLowerCase().contains("\r\ncontent-encoding:")).as("zipped").isFalse();
      Matcher names = SEEDED_NAME.matcher(text);
      while (names.find()) {
        answered.add(names.group(1));
      }
    }
    assertThat(answered).isEqualTo(seeded);
  }

  private static void assertKeptAndSaidHoldNone(
      ValueSearch values, RealCluster cluster, Operation rotation, CapturedOutput output) {
    assertThat(output.text()).contains(SAID);
    ValueSearch token = ValueSearch.forAll(List.of(cluster.testbed.rekey().token()));
    Map<String, Collection<String>> places =
        Map.of(
            "table", cluster.table.texts,
            "messages", cluster.messages,
            "signals", cluster.signals,
            "progress", cluster.progress,
            "exceptions", cluster.faults,
            "evidence", List.of(cluster.evidenceBytes(rotation)),
            "output", List.of(output.text()));
    places.forEach(
        (place, texts) -> {
          List<String> copy = new ArrayList<>(texts);
          assertThat(copy).as(place).isNotEmpty();
          for (String text : copy) {
            assertThat(values.in(text)).as(place).isEmpty();
            assertThat(token.in(text)).as("token in " + place).isEmpty();
          }
        });
  }

  private void assertOnlyAllowedRequests() {
    Set<AllowedRequest> seen = EnumSet.noneOf(AllowedRequest.class);
    for (Conversation conversation : proxy.conversations()) {
      for (Request request : conversation.requests()) {
        seen.add(AllowedRequest.of(request));
      }
    }
    assertThat(seen).containsExactlyInAnyOrder(AllowedRequest.values());
  }
}
