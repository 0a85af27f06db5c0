package dev.rekey.simulation.azure;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsExperience;
import org.junit.jupiter.api.Test;

class ExperienceRuleTest {
  private static final String KEY = "https://sample-kv.vault.azure.net/keys/secrets";
  private static final NewCluster WITHOUT_KEY = NewCluster.named("prod");
  private static final NewCluster WITH_VERSION = WITHOUT_KEY.withKey(KEY + "/abc");

  @Test
  void keyVersionOnKubernetesWithKmsV2IsOurs() {
    assertThat(experience(WITH_VERSION)).isEqualTo(KmsExperience.VERSIONED_KEY);
    assertThat(experience(WITH_VERSION.onKubernetes("1.27")))
        .isEqualTo(KmsExperience.VERSIONED_KEY);
    assertThat(experience(WITH_VERSION.onKubernetes("2.0.0")))
        .isEqualTo(KmsExperience.VERSIONED_KEY);
  }

  @Test
  void keyVersionOnOlderOrUnreadableKubernetesIsUnproved() {
    assertThat(experience(WITH_VERSION.onKubernetes("1.26.9"))).isEqualTo(KmsExperience.UNPROVED);
    assertThat(experience(WITH_VERSION.onKubernetes("0.99.0"))).isEqualTo(KmsExperience.UNPROVED);
    assertThat(experience(WITH_VERSION.onKubernetes("latest"))).isEqualTo(KmsExperience.UNPROVED);
    assertThat(experience(WITH_VERSION.onKubernetes(""))).isEqualTo(KmsExperience.UNPROVED);
  }

  @Test
  void runningVersionCountsBeforeTheWantedOne() {
    ObjectNode body = WITH_VERSION.body();
    body.withObject("/properties").put("currentKubernetesVersion", "1.26.9");

    assertThat(ExperienceRule.of(body)).isEqualTo(KmsExperience.UNPROVED);
  }

  @Test
  void keyWithoutVersionIsManagedByThePlatform() {
    assertThat(experience(WITHOUT_KEY.withKey(KEY))).isEqualTo(KmsExperience.PLATFORM_MANAGED);
    assertThat(experience(WITHOUT_KEY.withKey(KEY + "/")))
        .isEqualTo(KmsExperience.PLATFORM_MANAGED);
  }

  @Test
  void platformsOwnEncryptionIsManagedByThePlatformWhateverTheKey() {
    assertThat(experience(WITHOUT_KEY.encryptedByPlatform()))
        .isEqualTo(KmsExperience.PLATFORM_MANAGED);
    assertThat(experience(WITH_VERSION.encryptedByPlatform()))
        .isEqualTo(KmsExperience.PLATFORM_MANAGED);
  }

  @Test
  void noKeyOrKmsOffIsNone() {
    ObjectNode off = WITH_VERSION.body();
    off.withObject("/properties/securityProfile/azureKeyVaultKms").put("enabled", false);
    ObjectNode empty = new ObjectMapper().createObjectNode();

    assertThat(experience(WITHOUT_KEY)).isEqualTo(KmsExperience.NONE);
    assertThat(ExperienceRule.of(off)).isEqualTo(KmsExperience.NONE);
    assertThat(ExperienceRule.of(empty)).isEqualTo(KmsExperience.NONE);
  }

  @Test
  void kmsOnWithAKeyIdThatIsNoneIsUnproved() {
    ObjectNode body = WITH_VERSION.body();
    body.withObject("/properties/securityProfile/azureKeyVaultKms").putNull("keyId");

    assertThat(ExperienceRule.of(body)).isEqualTo(KmsExperience.UNPROVED);
    assertThat(experience(WITHOUT_KEY.withKey("nonsense"))).isEqualTo(KmsExperience.UNPROVED);
  }

  private static KmsExperience experience(NewCluster cluster) {
    return ExperienceRule.of(cluster.body());
  }
}
