package dev.rekey.simulation.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsExperience;
import org.junit.jupiter.api.Test;

class ClusterViewTest {
  private static final NewCluster WITH_VERSION =
      NewCluster.named("prod").withKey("https://sample-kv.vault.azure.net/keys/secrets/abc");

  @Test
  void membersOfTheBody_decideTheExperience() {
    ObjectNode off = WITH_VERSION.body();
    off.withObject("/properties/securityProfile/azureKeyVaultKms").put("enabled", false);

    assertThat(experience(WITH_VERSION.body())).isEqualTo(KmsExperience.VERSIONED_KEY);
    assertThat(experience(WITH_VERSION.encryptedByPlatform().body()))
        .isEqualTo(KmsExperience.PLATFORM_MANAGED);
    assertThat(experience(off)).isEqualTo(KmsExperience.NONE);
    assertThat(experience(new ObjectMapper().createObjectNode().put("id", "/x/a")))
        .isEqualTo(KmsExperience.NONE);
  }

  @Test
  void runningVersion_countsBeforeTheWantedOne() {
    ObjectNode body = WITH_VERSION.body();
    body.withObject("/properties").put("currentKubernetesVersion", "1.26.9");

    assertThat(experience(body)).isEqualTo(KmsExperience.UNPROVED);
  }

  private static KmsExperience experience(ObjectNode body) {
    return ClusterView.of(body).experience();
  }
}
