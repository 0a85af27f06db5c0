package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.ClusterName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArmScopeTest {
  private static final String SUBSCRIPTION = "/subscriptions/0aA00000-0000-0000-0000-0000000000a1";
  private static final String GROUP = SUBSCRIPTION + "/resourceGroups/G_1.(x)-\u00fc";
  private static final String CLUSTER =
      GROUP + "/providers/Microsoft.ContainerService/managedClusters/Prod_1";

  @ParameterizedTest
  @ValueSource(strings = {SUBSCRIPTION, GROUP, CLUSTER})
  void idOfEachKind_isReadAndWrittenTheSame(String id) {
    ArmScope scope = ArmScope.parse(id).orElseThrow();

    assertThat(scope.id()).isEqualTo(id);
    assertThat(scope.isCluster()).isEqualTo(id.equals(CLUSTER));
  }

  @Test
  void idInAnotherCase_isTheSameCluster() {
    String other =
        CLUSTER.replace("resourceGroups", "resourcegroups").replace("managedC", "managedc");
    ArmScope scope = ArmScope.parse(other).orElseThrow();

    assertThat(scope.isSameAs(CLUSTER)).isTrue();
    assertThat(scope.name()).isEqualTo(ClusterName.ofArmId(CLUSTER));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "subscriptions/0aA00000-0000-0000-0000-0000000000a1",
        "/subscriptions/x",
        SUBSCRIPTION + "/",
        SUBSCRIPTION + "/resourceGroups/a/b",
        SUBSCRIPTION + "/resourceGroups/..",
        SUBSCRIPTION + "/resourceGroups/a?b=c",
        SUBSCRIPTION + "/resourceGroups/a%2F",
        SUBSCRIPTION + "/resourceGroups/a\n",
        SUBSCRIPTION + "/resourceGroups/a/providers/Microsoft.Compute/virtualMachines/b",
        CLUSTER + "/agentPools/a",
        CLUSTER + "#",
      })
  void anythingElse_isRefused(String text) {
    assertThat(ArmScope.parse(text)).isEmpty();
  }
}
