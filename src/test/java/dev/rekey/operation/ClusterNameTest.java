package dev.rekey.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ClusterNameTest {

  @Test
  void armId_givesTheResourcesNameAndEnoughOfAHashWhateverTheCase() {
    ClusterName name =
        ClusterName.ofArmId("/subscriptions/S/resourceGroups/G/x/managedClusters/My_A");

    assertThat(name.value()).matches("my-a-[0-9a-f]{8}");
    assertThat(ClusterName.ofArmId("/Subscriptions/s/resourcegroups/g/X/managedclusters/my_a"))
        .isEqualTo(name);
  }

  @Test
  void sameNameInAnotherGroup_givesAnotherName() {
    assertThat(ClusterName.ofArmId("/subscriptions/S/resourceGroups/G2/x/managedClusters/a"))
        .isNotEqualTo(ClusterName.ofArmId("/subscriptions/S/resourceGroups/G/x/managedClusters/a"));
  }

  @Test
  void otherCharacters_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ClusterName("a/b"));
    assertThatIllegalArgumentException().isThrownBy(() -> new ClusterName(""));
  }
}
