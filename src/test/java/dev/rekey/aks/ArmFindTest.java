package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureRequest;
import dev.rekey.simulation.azure.http.arm.ArmService;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Finding clusters over the wire, and their ids by their names. */
class ArmFindTest {
  private final ArmWorld world = new ArmWorld();
  private final ArmService service = new ArmService(world.arm);
  private final ArmOverHttp http = new ArmOverHttp(ArmWorld.SCOPES, service);

  @AfterEach
  void stop() {
    http.close();
  }

  @Test
  void pages_areFollowedToTheEndAndShowWhatOneWouldReadByItself() {
    assertThat(http.clusters.list()).hasSize(8);

    assertThat(lists()).hasSize(3 + 2);
    assertThat(service.requests()).hasSize(3 + 2);
  }

  @Test
  void overlappingScopes_showAClusterOnce() {
    String cluster = http.clusters.read(world.prod).resourceId();
    ArmClusters overlapping =
        http.open(
            List.of(
                cluster.toUpperCase(Locale.ROOT),
                ArmWorld.FIRST_SUBSCRIPTION,
                ArmWorld.FIRST_SUBSCRIPTION + "/resourcegroups/RG1"));

    assertThat(ArmWorld.names(overlapping.list()))
        .containsExactlyInAnyOrderElementsOf(world.inScope.subList(0, 5));
  }

  @Test
  void clusterOutOfScope_isNotFoundNorAsked() {
    ClusterName outside = world.addOutOfScope();

    assertThat(readFault(http.clusters, outside).kind()).isEqualTo(Kind.NOT_FOUND);
    assertThat(service.requests()).noneMatch(request -> request.path().contains("outside"));
    assertThat(ArmWorld.names(http.clusters.list())).doesNotContain(outside);
  }

  @Test
  void freshProcess_looksThroughTheScopesOnce() {
    http.clusters.read(world.prod);
    int looked = lists().size();

    http.clusters.read(world.prod);
    http.clusters.read(world.inScope.get(7));

    assertThat(looked).isEqualTo(5);
    assertThat(lists()).hasSize(looked);
  }

  @Test
  void clusterThatAScopeNames_isReadWithoutAList() {
    String id = http.clusters.read(world.prod).resourceId();
    int looked = lists().size();

    assertThat(http.open(List.of(id)).read(world.prod).name()).isEqualTo(world.prod);
    assertThat(lists()).hasSize(looked);
  }

  @Test
  void clusterThatAScopeNamesAndThatIsGone_isToldAsMissing() {
    String id = http.clusters.read(world.prod).resourceId();
    world.arm.remove(world.prod);

    FoundClusters found = http.open(List.of(id, ArmWorld.GROUP)).find();

    assertThat(found.clusters()).hasSize(3);
    assertThat(found.missing()).extracting(OutsideFault::kind).containsExactly(Kind.NOT_FOUND);
  }

  @Test
  void scopeThatCannotBeListed_hidesNoOtherAndIsNotTakenForEmpty() {
    world.arm.throttle(1, Duration.ofSeconds(17));

    FoundClusters found = http.clusters.find();

    assertThat(ArmWorld.names(found.clusters()))
        .containsExactlyInAnyOrderElementsOf(world.inScope.subList(5, 8));
    assertThat(found.missing()).extracting(OutsideFault::kind).containsExactly(Kind.BUSY);
    assertThat(found.missing().get(0))
        .hasMessageContaining(ArmWorld.FIRST_SUBSCRIPTION)
        .extracting(OutsideFault::retryAfter)
        .isEqualTo(Duration.ofSeconds(17));
  }

  @Test
  void nameThatAScopeInTroubleMightHold_isNotCalledUnknown() {
    world.arm.throttle(1, Duration.ofSeconds(17));
    assertThat(readFault(http.clusters, world.prod).kind()).isEqualTo(Kind.BUSY);

    assertThat(http.clusters.read(world.prod).name()).isEqualTo(world.prod);
  }

  @Test
  void nextPageElsewhere_getsNoRequestAndNoToken() {
    AzureAnswer page =
        AzureAnswer.json(
            200, "{\"value\":[],\"nextLink\":\"https://attacker.example/next?api-version=1\"}");
    ArmService elsewhere = new ArmService(world.arm);
    try (ArmOverHttp lying = new ArmOverHttp(ArmWorld.SCOPES, request -> page)) {
      lying.serve("attacker.example", elsewhere);

      OutsideFault fault = catchThrowableOfType(OutsideFault.class, () -> lying.clusters.list());

      assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  /** Azure's client ended in a number format of its own, and with a list in no end at all. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"https://man]agement.azure).com:844x3/\"",
        "\"https://management.azure.com:99999999999/x\"",
        "\"https://management.azure.com:8443/x\"",
        "\"/subscriptions/x\"",
        "\"not an address\"",
        "7",
        "{}",
        "[]"
      })
  void nextPageIsNoAddress_isAFaultOfThatScopeAlone(String link) {
    AzureAnswer page = AzureAnswer.json(200, "{\"value\":[],\"nextLink\":" + link + "}");
    try (ArmOverHttp broken = new ArmOverHttp(ArmWorld.SCOPES, request -> page)) {
      assertThat(broken.clusters.find().missing())
          .extracting(OutsideFault::kind)
          .containsExactly(Kind.MALFORMED, Kind.MALFORMED);
    }
  }

  @Test
  void scopeOfAnotherForm_isRefusedAtOnce() {
    assertThatIllegalArgumentException().isThrownBy(() -> http.open(List.of("/subscriptions/x")));
  }

  @Test
  void userKubeconfig_isHandedOverAsItIs() {
    String text = "apiVersion: v1\nkind: Config\n# \u00e9\n";
    world.arm.setKubeconfig(world.prod, text);

    assertThat(http.clusters.userKubeconfig(world.prod)).isEqualTo(text);
    assertThat(ArmOverHttp.of("POST", service.requests()))
        .allSatisfy(request -> assertThat(request.query()).containsEntry("format", "exec"))
        .hasSize(1);
  }

  @Test
  void userKubeconfigWithoutTheRight_namesActionScopeAndRole() {
    String action = "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action";
    world.arm.forbid(action, true);

    OutsideFault fault =
        catchThrowableOfType(OutsideFault.class, () -> http.clusters.userKubeconfig(world.prod));

    assertThat(fault.kind()).isEqualTo(Kind.FORBIDDEN);
    assertThat(fault)
        .hasMessageContaining(action)
        .hasMessageContaining("/managedClusters/prod")
        .hasMessageContaining("Azure Kubernetes Service Cluster User Role");
  }

  @Test
  void answerWithoutAKubeconfig_isNotUnderstood() {
    OutsideFault fault =
        catchThrowableOfType(OutsideFault.class, () -> http.clusters.userKubeconfig(world.prod));

    assertThat(fault.kind()).isEqualTo(Kind.MALFORMED);
  }

  private List<AzureRequest> lists() {
    return service.requests().stream()
        .filter(request -> request.path().endsWith("/managedClusters"))
        .toList();
  }

  private static OutsideFault readFault(ArmClusters clusters, ClusterName name) {
    return catchThrowableOfType(OutsideFault.class, () -> clusters.read(name));
  }
}
