package dev.rekey.operation.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionPatternTest {
  private static final String ENCRYPT = "Microsoft.KeyVault/vaults/keys/encrypt/action";

  @ParameterizedTest
  @CsvSource({
    "*, true",
    "**, true",
    "*/action, true",
    "*/read, false",
    "Microsoft.KeyVault/vaults/keys/encrypt/action, true",
    "MICROSOFT.KEYVAULT/VAULTS/KEYS/ENCRYPT/ACTION, true",
    "Microsoft.KeyVault/*, true",
    "Microsoft.KeyVault/*/action, true",
    "Microsoft.KeyVault/vaults/keys/*/action, true",
    "Microsoft.KeyVault/vaults/keys/encrypt/action*, true",
    "*Microsoft.KeyVault/vaults/keys/encrypt/action, true",
    "Microsoft.KeyVault/vaults/*/encrypt/*, true",
    "Microsoft.KeyVault/vaults/*/decrypt/*, false",
    "Microsoft.KeyVault/vaults/keys/encrypt, false",
    "Microsoft.KeyVault/vaults/keys/encrypt/action/x, false",
    "Microsoft.KeyVault/vaults/keys/encrypt/actio, false",
    "xMicrosoft.KeyVault/*, false",
    "Microsoft.KeyVault/vaults/keys/e*t/a*n, true",
    "Microsoft.KeyVault/vaults/keys/e*x/a*n, false",
    "'', false"
  })
  void star_standsForAnyCharactersAndSlashes(String pattern, boolean holds) {
    assertThat(new ActionPattern(pattern).holds(ENCRYPT)).isEqualTo(holds);
  }

  @Test
  void turkishCase_isNoOtherAction() {
    assertThat(new ActionPattern("MICROSOFT.KEYVAULT/*").holds("microsoft.keyvault/x")).isTrue();
  }

  @Test
  void manyStars_takeNoTime() {
    ActionPattern pattern = new ActionPattern("*a".repeat(120) + "b");

    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(pattern.holds("a".repeat(250))).isFalse());
  }

  @Test
  void whatOneBlockTakesAway_anotherMayGive() {
    Permission without = permission(List.of("*"), List.of("*/write"));
    Permission with = permission(List.of("*/write"), List.of());

    assertThat(without.allows("a/write")).isFalse();
    assertThat(without.allows("a/read")).isTrue();
    assertThat(with.allows("a/write")).isTrue();
    assertThat(with.allowsWithContent("a/write")).isFalse();
  }

  @Test
  void dataActions_areNoActions() {
    Permission permission =
        new Permission(
            List.of(),
            List.of(),
            List.of(new ActionPattern("a/*")),
            List.of(new ActionPattern("*/purge")));

    assertThat(permission.allowsWithContent("a/read")).isTrue();
    assertThat(permission.allowsWithContent("a/purge")).isFalse();
    assertThat(permission.allows("a/read")).isFalse();
  }

  static Permission permission(List<String> actions, List<String> notActions) {
    return new Permission(
        actions.stream().map(ActionPattern::new).toList(),
        notActions.stream().map(ActionPattern::new).toList(),
        List.of(),
        List.of());
  }
}
