package dev.rekey.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class KmsExperienceTest {
  private static final String KEY = "https://sample-kv.vault.azure.net/keys/secrets";
  private static final String VERSION = KEY + "/abc";

  @ParameterizedTest
  @ValueSource(strings = {"1.27", "1.27.0", "1.33.5", "2.0.0"})
  void keyVersionOnKubernetesWithKmsV2_isOurs(String kubernetes) {
    assertThat(KmsExperience.of(true, VERSION, "Disabled", kubernetes))
        .isEqualTo(KmsExperience.VERSIONED_KEY);
    assertThat(KmsExperience.of(true, VERSION, null, kubernetes))
        .isEqualTo(KmsExperience.VERSIONED_KEY);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"1.26.9", "0.99.0", "latest", ""})
  void keyVersionOnOlderOrUnreadableKubernetes_isUnproved(String kubernetes) {
    assertThat(KmsExperience.of(true, VERSION, null, kubernetes)).isEqualTo(KmsExperience.UNPROVED);
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, KEY + "/"})
  void keyWithoutVersion_isManagedByThePlatform(String keyId) {
    assertThat(KmsExperience.of(true, keyId, null, "1.33.5"))
        .isEqualTo(KmsExperience.PLATFORM_MANAGED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Enabled", "enabled"})
  void platformsOwnEncryption_isManagedByThePlatformWhateverTheKey(String infrastructure) {
    assertThat(KmsExperience.of(false, null, infrastructure, "1.33.5"))
        .isEqualTo(KmsExperience.PLATFORM_MANAGED);
    assertThat(KmsExperience.of(true, VERSION, infrastructure, "1.33.5"))
        .isEqualTo(KmsExperience.PLATFORM_MANAGED);
  }

  @Test
  void kmsOff_isNone() {
    assertThat(KmsExperience.of(false, VERSION, "Disabled", "1.33.5"))
        .isEqualTo(KmsExperience.NONE);
    assertThat(KmsExperience.of(false, null, null, null)).isEqualTo(KmsExperience.NONE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "nonsense"})
  void kmsOnWithAKeyIdThatIsNone_isUnproved(String keyId) {
    assertThat(KmsExperience.of(true, keyId, null, "1.33.5")).isEqualTo(KmsExperience.UNPROVED);
  }
}
