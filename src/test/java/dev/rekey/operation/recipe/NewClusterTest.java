package dev.rekey.operation.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.operation.NetworkAccess;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NewClusterTest {
  private static final Names USUAL = Names.of("prod", "westeurope");

  @Test
  void everythingIsWrong_allOfItIsToldAtOnceInOrder() {
    Names names = new Names("-prod", "rg.", "West Europe", "9", "my_key", "id");

    List<Problem> problems = problemsOf(names, new KeyLife(6, 43));

    assertThat(problems)
        .extracting(Problem::part)
        .containsExactly(
            "cluster",
            "resource-group",
            "location",
            "vault",
            "key",
            "identity",
            "rotate-after",
            "expire-after");
    assertThat(problems)
        .extracting(Problem::given)
        .containsExactly("-prod", "rg.", "West Europe", "9", "my_key", "id", "6", "43");
  }

  @Test
  void invalid_messageNamesEachPartAndItsFormOnALine() {
    InvalidRecipe invalid =
        catchThrowableOfType(
            InvalidRecipe.class,
            () ->
                new NewCluster(
                    new Names("prod", "rg", "westeurope", "kv--prod", "my_key", "id-prod"),
                    NetworkAccess.PUBLIC,
                    VaultRights.RBAC,
                    KeyLife.DEFAULT));

    assertThat(invalid.getMessage().lines())
        .containsExactly(
            "vault: expected 3 to 24 letters, digits and single hyphens, a letter first, no hyphen last",
            "key: expected 1 to 127 letters, digits and hyphens");
  }

  @ParameterizedTest
  @CsvSource({
    "CLUSTER, a",
    "CLUSTER, a_-9",
    "RESOURCE_GROUP, Grüße_(1).2-",
    "RESOURCE_GROUP, x",
    "LOCATION, swedencentral",
    "LOCATION, eastus2",
    "VAULT, k9v",
    "VAULT, kv-a-b-c-d-e-f-g-h-i-j-k",
    "KEY, -",
    "IDENTITY, i_-",
  })
  void nameThatAzureTakes_isTaken(NameRule rule, String name) {
    assertThat(rule.problemWith(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "CLUSTER, ''",
    "CLUSTER, a-",
    "CLUSTER, a.b",
    "RESOURCE_GROUP, ''",
    "RESOURCE_GROUP, a'b",
    "RESOURCE_GROUP, a$b",
    "LOCATION, WestEurope",
    "LOCATION, 2eastus",
    "VAULT, kv",
    "VAULT, 9kv",
    "VAULT, kv-",
    "VAULT, kv--x",
    "VAULT, kv_x",
    "KEY, a_b",
    "IDENTITY, -id",
    "IDENTITY, id",
  })
  void nameThatAzureRefuses_isAProblemOfItsPart(NameRule rule, String name) {
    assertThat(rule.problemWith(name).orElseThrow().part()).isEqualTo(rule.token());
  }

  @ParameterizedTest
  @CsvSource({
    "CLUSTER, 63",
    "RESOURCE_GROUP, 90",
    "LOCATION, 40",
    "VAULT, 24",
    "KEY, 127",
    "IDENTITY, 128"
  })
  void nameOfTheGreatestLength_isTakenAndOneLongerIsNot(NameRule rule, int longest) {
    assertThat(rule.problemWith("a".repeat(longest))).isEmpty();
    assertThat(rule.problemWith("a".repeat(longest + 1))).isPresent();
  }

  @Test
  void nodesGroupWouldGetMoreThan80Characters_isToldWithTheNumbers() {
    String group = "g".repeat(60);
    Names fits = new Names("prod1", group, "westeurope", "kv-prod", "etcd", "id-prod");
    Names doesNot = new Names("prod12", group, "westeurope", "kv-prod", "etcd", "id-prod");

    assertThat(fits.problems()).isEmpty();
    assertThat(doesNot.problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.part()).isEqualTo("cluster");
              assertThat(problem.given()).isEqualTo("prod12");
              assertThat(problem.expected()).contains("75 characters together, not 76");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "7, 44, true",
    "7, 43, false",
    "6, 450, false",
    "730, 1490, true",
    "731, 3650, false",
    "730, 1489, false",
    "180, 390, true",
    "180, 389, false",
    "180, 3650, true",
    "180, 3651, false",
  })
  void keyLife_hasToOutliveTwoRotationsAndAMonth(int rotate, int expire, boolean isTaken) {
    assertThat(new KeyLife(rotate, expire).problems().isEmpty()).isEqualTo(isTaken);
  }

  @Test
  void rotationOutOfRange_expiryIsntBlamedForIt() {
    assertThat(new KeyLife(-5, 450).problems())
        .extracting(Problem::part)
        .containsExactly("rotate-after");
    assertThat(new KeyLife(9_999, 3_000).problems())
        .extracting(Problem::part)
        .containsExactly("rotate-after");
  }

  @Test
  void keyVaultsOwnExample_isRefused() {
    assertThat(problemsOf(USUAL, new KeyLife(540, 720)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.expected()).startsWith("1110 to 3650 days"));
  }

  private static List<Problem> problemsOf(Names names, KeyLife life) {
    return catchThrowableOfType(
            InvalidRecipe.class,
            () -> new NewCluster(names, NetworkAccess.PUBLIC, VaultRights.RBAC, life))
        .problems();
  }
}
