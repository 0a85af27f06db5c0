package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExtentFinderTest {

  @Test
  void fewNamespaces_areKeptWithTheirNumbersAndHalvedByNumberOfSecrets() {
    ExtentFinder finder = new ExtentFinder(Scope.WHOLE);
    add(finder, "a", 1);
    add(finder, "b", 2);
    add(finder, "c", 10);
    add(finder, "d", 1);

    assertThat(finder.found().members())
        .containsExactly(
            new Extent.Member("a", 1),
            new Extent.Member("b", 2),
            new Extent.Member("c", 10),
            new Extent.Member("d", 1));
    assertThat(finder.found().middle()).isEqualTo("c");
  }

  @Test
  void oneNamespace_hasNoMiddle() {
    ExtentFinder finder = new ExtentFinder(Scope.WHOLE);
    add(finder, "a", 5);

    assertThat(finder.found().middle()).isNull();
  }

  @Test
  void twoSecretsOfOneNamespace_areHalved() {
    ExtentFinder finder = new ExtentFinder(Scope.within("a"));
    add(finder, "a", 2);

    assertThat(finder.found().middle()).isEqualTo("secret-000001");
    assertThat(finder.found().members()).hasSize(2);
  }

  @Test
  void veryManySecrets_halvedNearTheMiddleWithoutKeepingThem() {
    ExtentFinder finder = new ExtentFinder(Scope.within("a"));
    add(finder, "a", 100_000);

    assertThat(finder.found().members()).isEmpty();
    assertThat(finder.found().middle()).isBetween("secret-049900", "secret-050100");
  }

  @Test
  void scopeOfNames_takesItsRangeAndKnowsWhenAListHasLeftItBehind() {
    Scope half = Scope.within("a").before("m");

    assertThat(half.takesNamespace("a")).isTrue();
    assertThat(half.takesNamespace("b")).isFalse();
    assertThat(half.takesSecret("l")).isTrue();
    assertThat(half.takesSecret("m")).isFalse();
    assertThat(half.isBehind("m")).isTrue();
    assertThat(Scope.within("a").startingAt("m").takesSecret("m")).isTrue();
    assertThat(half.isFollowedBy(Scope.within("a").startingAt("m"))).isTrue();
  }

  private static void add(ExtentFinder finder, String namespace, int secrets) {
    for (int number = 0; number < secrets; number++) {
      finder.add(new SecretRef(namespace, "secret-%06d".formatted(number), "1"));
    }
  }
}
