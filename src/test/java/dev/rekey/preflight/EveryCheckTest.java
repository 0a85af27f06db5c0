package dev.rekey.preflight;

import static dev.rekey.preflight.PreflightWorld.PRINCIPAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Preflight;
import dev.rekey.operation.preflight.Verdict;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every check passes in a sound world, and no longer does when the one thing that it looks at is
 * broken: over HTTP with the real adapters, and in process.
 */
class EveryCheckTest {

  static Stream<Breakage> breakages() {
    return Stream.of(
            ClusterBreakages.all(),
            IdentityBreakages.all(),
            VaultBreakages.all(),
            KeyBreakages.all(),
            RightBreakages.all())
        .flatMap(all -> all);
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void brokenWorld_isSaidByTheCheckWithARemedy(Breakage breakage) {
    try (PreflightWorld world = breakage.world()) {
      Finding finding = world.finding(breakage.check());

      assertThat(finding.verdict()).describedAs("%s", finding).isEqualTo(breakage.verdict());
      assertThat(finding.seen()).isNotBlank().doesNotContain("null");
      assertThat(finding.expected()).isNotBlank();
      assertThat(finding.remedy()).matches("(az|kubectl|rekey) .*").doesNotContain("null");
      assertThat(finding.link()).startsWith("https://learn.microsoft.com/");
    }
  }

  @ParameterizedTest
  @MethodSource("breakages")
  void brokenWorldInProcess_isSaidAllTheSame(Breakage breakage) {
    try (PreflightWorld world = breakage.world()) {
      Finding finding = world.findingsInProcess().get(breakage.check());

      assertThat(finding.verdict()).describedAs("%s", finding).isEqualTo(breakage.verdict());
    }
  }

  @ParameterizedTest
  @EnumSource
  void soundWorld_passesEveryCheckThatConcernsIt(Situation situation) {
    Set<String> concerned =
        breakages()
            .filter(each -> each.situation() == situation)
            .map(Breakage::check)
            .collect(Collectors.toSet());
    try (PreflightWorld world = situation.world()) {
      assertThat(world.findings().keySet()).containsAll(concerned);
      assertThat(world.findings().values())
          .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.PASSED))
          .allSatisfy(finding -> assertThat(finding.remedy()).isEmpty());
      assertThat(world.findingsInProcess()).hasSameSizeAs(world.findings());
      assertThat(world.findingsInProcess().values())
          .allSatisfy(finding -> assertThat(finding.verdict()).isEqualTo(Verdict.PASSED));
    }
  }

  @Test
  void everyCheck_isBrokenBySomething() {
    assertThat(breakages().map(Breakage::check).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Preflight.tokens());
  }

  static Stream<Consumer<PreflightWorld>> grants() {
    return IdentityBreakages.grants();
  }

  @ParameterizedTest
  @MethodSource("grants")
  void identityThatIsAllowedOtherwise_passes(Consumer<PreflightWorld> allowed) {
    try (PreflightWorld world = new PreflightWorld()) {
      world.roles.revokeAll(PRINCIPAL);
      allowed.accept(world);

      Finding finding = world.finding("identity-may-use-key");

      assertThat(finding.verdict()).describedAs("%s", finding).isEqualTo(Verdict.PASSED);
      assertThat(world.findingsInProcess().get("identity-may-use-key").verdict())
          .isEqualTo(Verdict.PASSED);
    }
  }

  @Test
  void previousSlotThatNobodyKnows_isNotGuessed() {
    try (PreflightWorld world = new PreflightWorld()) {
      world.change = new Change(world.change.from(), world.change.to(), null);

      assertThat(world.finding("previous-key-usable").verdict()).isEqualTo(Verdict.CANNOT_TELL);
    }
  }
}
