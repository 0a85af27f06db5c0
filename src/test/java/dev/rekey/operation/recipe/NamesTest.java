package dev.rekey.operation.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {

  @Test
  void onlyTheClusterIsNamed_theOthersAreMadeOfIt() {
    assertThat(Names.of("prod_1", "westeurope"))
        .isEqualTo(
            new Names("prod_1", "rg-prod-1", "westeurope", "kv-prod-1", "etcd", "id-prod-1"));
  }

  @Test
  void longCluster_vaultIsCutToWhatAzureTakes() {
    assertThat(Names.of("abcdefghij-abcdefghij-abcdefghij", "westeurope").vault())
        .isEqualTo("kv-abcdefghij-abcdefghij");
    assertThat(Names.of("abcdefghij-abcdefghi-abcdefghij", "westeurope").vault())
        .isEqualTo("kv-abcdefghij-abcdefghi");
  }

  /** Or two things would be told of one mistake. */
  @ParameterizedTest
  @ValueSource(strings = {"", "-", "a b", "grün", "x;rm -rf", "_prod_"})
  void badCluster_theNamesThatAreMadeOfItAreGood(String cluster) {
    assertThat(Names.of(cluster, "westeurope").problems())
        .extracting(Problem::part)
        .containsExactly("cluster");
  }

  @Test
  void dnsPrefix_hasNoUnderscoresAnd54CharactersAtMost() {
    assertThat(Names.of("my_prod", "westeurope").dnsPrefix()).isEqualTo("my-prod");
    assertThat(Names.of("a".repeat(63), "westeurope").dnsPrefix()).hasSize(54);
    assertThat(Names.of("a".repeat(53) + "-b", "westeurope").dnsPrefix()).hasSize(53);
  }
}
