package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken from ARM's lists, what is read besides, and how long throttling is waited out. */
class ArmListedTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String GROUP = ArmWorld.FIRST_SUBSCRIPTION + "/resourceGroups/rg";
  private static final String ON = "\"azureKeyVaultKms\":{\"enabled\":true,\"keyId\":\"%s\"}";
  private static final String KEY = "https://sample-kv.vault.azure.net/keys/secrets/1";

  private final List<AzureRequest> requests = new CopyOnWriteArrayList<>();
  private Function<AzureRequest, AzureAnswer> arm = request -> AzureAnswer.json(500, "");
  private final ArmOverHttp http =
      new ArmOverHttp(
          List.of(ArmWorld.FIRST_SUBSCRIPTION, ArmWorld.SECOND_SUBSCRIPTION),
          request -> {
            requests.add(request);
            return arm.apply(request);
          });

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void wholeElement_isTakenAsItIs() {
    arm = request -> list(request, List.of(cluster("one", ON.formatted(KEY))));

    List<ManagedCluster> found = http.clusters.list();

    assertThat(found).extracting(ManagedCluster::keyId).containsExactly(KEY);
    assertThat(requests).hasSize(2);
  }

  /** The body that is read says that the key is in use, whatever the list leaves out. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/eTag=null",
        "/eTag=\"\"",
        "/eTag=7",
        "/properties=null",
        "/properties/provisioningState=null",
        "/properties/kubernetesVersion=null",
        "/tags=[]",
        "/properties/securityProfile=7",
        "/properties/securityProfile/azureKeyVaultKms=true",
        "/properties/securityProfile/azureKeyVaultKms/enabled=null",
        "/properties/securityProfile/azureKeyVaultKms/enabled=\"true\"",
        "/properties/securityProfile/azureKeyVaultKms/keyId=null",
        "/properties/securityProfile/kubernetesResourceObjectEncryptionProfile=\"Enabled\"",
      })
  void elementThatDoesNotSayAll_isReadByItselfAndTakenForNothingElse(String hole) {
    ObjectNode whole = cluster("one", ON.formatted(KEY));
    ObjectNode listed = whole.deepCopy();
    punch(listed, hole);
    arm = request -> isList(request) ? list(request, List.of(listed)) : json(whole);

    List<ManagedCluster> found = http.clusters.list();

    assertThat(found).extracting(ManagedCluster::keyId).containsExactly(KEY);
    assertThat(found)
        .extracting(ManagedCluster::experience)
        .containsOnly(KmsExperience.VERSIONED_KEY);
    assertThat(requests).hasSize(3);
  }

  private static void punch(ObjectNode body, String hole) {
    String pointer = hole.substring(0, hole.indexOf('='));
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = last == 0 ? body : body.withObject(pointer.substring(0, last));
    try {
      parent.set(pointer.substring(last + 1), JSON.readTree(hole.substring(hole.indexOf('=') + 1)));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Test
  void tooManyToReadByThemselves_restIsNamedAndNotTakenForAbsent() {
    List<ObjectNode> whole =
        IntStream.range(0, ReadAlone.MOST + 30).mapToObj(i -> cluster("c" + i, "")).toList();
    List<ObjectNode> listed = whole.stream().map(ObjectNode::deepCopy).toList();
    listed.forEach(each -> each.remove("eTag"));
    arm =
        request ->
            isList(request)
                ? list(request, listed)
                : json(whole.get(Integer.parseInt(request.path().replaceAll(".*/c", ""))));

    FoundClusters found = http.clusters.find();

    assertThat(found.clusters()).hasSize(ReadAlone.MOST);
    assertThat(found.missing()).extracting(OutsideFault::kind).containsExactly(Kind.MALFORMED);
    assertThat(found.missing().get(0))
        .hasMessageContaining("look at 30 clusters")
        .hasMessageContaining("c200-")
        .hasMessageContaining("…");
    assertThat(requests).hasSize(2 + ReadAlone.MOST);
  }

  @Test
  void throttledForSeconds_isWaitedOutAndNothingIsMissing() {
    List<Integer> throttled = new ArrayList<>(List.of(10, 0, 15));
    arm =
        request ->
            throttled.isEmpty()
                ? list(request, List.of(cluster("one", "")))
                : busy(throttled.remove(0));

    assertThat(http.clusters.find().isComplete()).isTrue();
    // The 0 s are BoundedRetries' to wait.
    assertThat(http.waited).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(15));
  }

  @Test
  void throttledForLonger_isToldAtOnceAndTheOtherScopeIsLookedThrough() {
    arm =
        request ->
            request.path().startsWith(ArmWorld.FIRST_SUBSCRIPTION)
                ? busy(16)
                : list(request, List.of());

    FoundClusters found = http.clusters.find();

    assertThat(found.missing()).extracting(OutsideFault::kind).containsExactly(Kind.BUSY);
    assertThat(found.missing().get(0)).hasMessageContaining(ArmWorld.FIRST_SUBSCRIPTION);
    assertThat(http.waited).isEmpty();
  }

  @Test
  void throttledForEver_endsWhenThePatienceOfTheLookDoes() {
    arm = request -> busy(7);

    FoundClusters found = http.clusters.find();

    assertThat(found.missing())
        .extracting(OutsideFault::kind)
        .containsExactly(Kind.BUSY, Kind.BUSY);
    assertThat(http.waited.stream().reduce(Duration.ZERO, Duration::plus))
        .isEqualTo(Duration.ofSeconds(56));
  }

  @Test
  void laterPageThatFails_endsNoListAndNamesTheScope() {
    arm =
        request ->
            request.query().containsKey("page")
                ? AzureAnswer.json(403, "{}")
                : request.path().startsWith(ArmWorld.FIRST_SUBSCRIPTION)
                    ? page(List.of(cluster("one", "")), request)
                    : list(request, List.of());

    FoundClusters found = http.clusters.find();

    assertThat(found.clusters()).isEmpty();
    assertThat(found.missing()).extracting(OutsideFault::kind).containsExactly(Kind.FORBIDDEN);
  }

  private static boolean isList(AzureRequest request) {
    return request.path().endsWith("/managedClusters");
  }

  private static AzureAnswer busy(int seconds) {
    return AzureAnswer.json(429, "{}").with("Retry-After", String.valueOf(seconds));
  }

  private static AzureAnswer json(ObjectNode body) {
    return AzureAnswer.json(200, body.toString());
  }

  /** All are in the first subscription. */
  private static AzureAnswer list(AzureRequest request, List<ObjectNode> clusters) {
    ObjectNode page = JSON.createObjectNode();
    boolean isFirst = request.path().startsWith(ArmWorld.FIRST_SUBSCRIPTION);
    page.putArray("value").addAll(isFirst ? clusters : List.of());
    return json(page);
  }

  private static AzureAnswer page(List<ObjectNode> clusters, AzureRequest request) {
    ObjectNode page = JSON.createObjectNode();
    page.putArray("value").addAll(clusters);
    return json(page.put("nextLink", "https://management.azure.com" + request.path() + "?page=2"));
  }

  private static ObjectNode cluster(String name, String kms) {
    String id = GROUP + "/providers/Microsoft.ContainerService/managedClusters/" + name;
    try {
      return (ObjectNode)
          JSON.readTree(
              """
              {"id":"%s","eTag":"e","tags":{},"properties":{"provisioningState":"Succeeded",
              "kubernetesVersion":"1.33.5","securityProfile":{%s}}}
              """
                  .formatted(id, kms));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
