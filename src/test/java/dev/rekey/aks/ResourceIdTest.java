package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceIdTest {
  private static final String GROUP =
      "/subscriptions/0aA00000-0000-0000-0000-0000000000a1/resourceGroups/G_1.(x)-\u00fc";
  private static final String VAULT = GROUP + "/providers/Microsoft.KeyVault/vaults/sample-kv";

  @ParameterizedTest
  @ValueSource(
      strings = {
        VAULT,
        GROUP + "/providers/Microsoft.Network/virtualNetworks/net_1/subnets/a.b",
        GROUP + "/providers/Microsoft.ManagedIdentity/userAssignedIdentities/_x"
      })
  void idOfAResource_isReadAsItIsSpelled(String id) {
    assertThat(ResourceId.parse(id)).get().hasToString(id);
  }

  @Test
  void partsOfAnId_areItsOwn() {
    ResourceId id = ResourceId.parse(VAULT.toUpperCase(Locale.ROOT)).orElseThrow();

    assertThat(id.subscription()).isEqualToIgnoringCase("0aA00000-0000-0000-0000-0000000000a1");
    assertThat(id.name()).isEqualTo("SAMPLE-KV");
    assertThat(id.isSameAs(VAULT)).isTrue();
    assertThat(id.isSameAs(VAULT + "2")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        GROUP,
        "subscriptions/x",
        VAULT + "/",
        VAULT + "/../other",
        VAULT + "/keys/..",
        VAULT + "?api-version=1",
        VAULT + "#x",
        VAULT + "\n",
        VAULT + "%2f",
        "https://attacker.example" + VAULT,
        "/subscriptions/x/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v",
        GROUP + "/providers/Evil.KeyVault/vaults/v",
        GROUP + "/providers/Microsoft.KeyVault/vaults/v v"
      })
  void anythingElse_isRefused(String text) {
    assertThat(ResourceId.parse(text)).isEmpty();
  }

  @Test
  void textWithoutEnd_isRefusedAtOnce() {
    assertThat(ResourceId.parse(VAULT + "/a/b".repeat(100_000))).isEmpty();
    assertThat(ResourceId.parse(null)).isEmpty();
  }
}
