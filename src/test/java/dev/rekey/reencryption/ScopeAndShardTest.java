package dev.rekey.reencryption;

import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScopeAndShardTest {

  @Test
  void halvesOfARange_haveEachNameInOneOfThem() {
    Scope first = Scope.within("team").before("m");
    Scope second = Scope.within("team").startingAt("m");

    assertThat(first.takesSecret("l")).isTrue();
    assertThat(first.takesSecret("m")).isFalse();
    assertThat(second.takesSecret("m")).isTrue();
    assertThat(second.takesSecret("l")).isFalse();
    assertThat(first.isFollowedBy(second)).isTrue();
    assertThat(second.isFollowedBy(first)).isFalse();
    assertThat(first.isFollowedBy(Scope.within("other").startingAt("m"))).isFalse();
    assertThat(first.isFollowedBy(Scope.within("team").startingAt("n"))).isFalse();
  }

  @Test
  void listInOrder_hasLeftARangeBehindAtItsEndAndNotBefore() {
    Scope first = Scope.within("team").before("m");

    assertThat(first.isBehind("l")).isFalse();
    assertThat(first.isBehind("m")).isTrue();
    assertThat(Scope.WHOLE.before("m").isBehind("z")).isFalse();
  }

  @Test
  void rangeOfNamespaces_takesAllSecretsOfThose() {
    Scope range = Scope.WHOLE.before("m");

    assertThat(range.takesNamespace("l")).isTrue();
    assertThat(range.takesNamespace("m")).isFalse();
    assertThat(range.takesSecret("z")).isTrue();
    assertThat(range.isWithinNamespace()).isFalse();
    assertThat(Scope.within("team").takesNamespace("team")).isTrue();
    assertThat(Scope.within("team").takesNamespace("tea")).isFalse();
  }

  @Test
  void extentOfAList_isForgottenBeforeTheNextOne() {
    Extent extent = new Extent(List.of(), "m");

    assertThat(Scope.WHOLE.with(extent).extent()).isEqualTo(extent);
    assertThat(Scope.within("t").before("m").with(extent).unlisted())
        .isEqualTo(Scope.within("t").before("m"));
  }

  @Test
  void partThatWasNotListed_hasNoMembersAndNoHalves() {
    Part part = Part.unread(Scope.WHOLE, 0, 5);

    assertThat(part.members()).isEmpty();
    assertThat(part.halves(5)).isEmpty();
  }

  @Test
  void halves_areDeeperAndFollowOneAnother() {
    Part whole = Part.unread(Scope.WHOLE.with(new Extent(List.of(), "m")), 2, 5);
    List<Part> halves = whole.halves(4);

    assertThat(halves).extracting(Part::depth).containsExactly(3, 3);
    assertThat(halves).extracting(Part::atMost).containsExactly(4L, 4L);
    assertThat(halves.get(0).isFirstHalfBeside(halves.get(1))).isTrue();
    assertThat(halves.get(1).isFirstHalfBeside(halves.get(0))).isFalse();
    assertThat(halves.get(0).isFirstHalfBeside(Part.unread(halves.get(1).scope(), 4, 1))).isFalse();
    assertThat(halves.get(1).less(3).atMost()).isEqualTo(1);
  }

  @Test
  void shardInOneHand_isHeldUntilThatInstantOnly() {
    Shard held = Shard.of(0, Samples.secrets(2)).held(NOW);

    assertThat(held.isHeldAt(NOW.minusMillis(1))).isTrue();
    assertThat(held.isHeldAt(NOW)).isFalse();
    assertThat(Shard.of(0, List.of()).isHeldAt(NOW)).isFalse();
  }

  @Test
  void namelessShard_stillKnowsHowItStands() {
    SecretException exception = Samples.exceptions(ExceptionReason.FORBIDDEN, 1).get(0);
    Shard shard =
        Shard.of(3, Samples.secrets(2))
            .worked(
                Samples.secrets(1),
                Map.of(),
                Tally.discovered(2).plus(Fate.EXCEPTION, 1),
                List.of(exception));

    Shard nameless = shard.nameless();

    assertThat(shard.exceptions()).containsExactly(exception);
    assertThat(nameless.exceptions()).isEmpty();
    assertThat(nameless.remaining()).isEmpty();
    assertThat(nameless.tally()).isEqualTo(shard.tally());
    assertThat(nameless.isDone()).isFalse();
    assertThat(nameless.number()).isEqualTo(3);
  }

  @Test
  void shardTakenBack_waitsAgain() {
    Shard shard = Shard.of(0, Samples.secrets(1)).dispatched(NOW, 8).held(NOW);

    assertThat(shard.recalled().dispatchedAt()).isNull();
    assertThat(shard.recalled().heldUntil()).isNull();
    assertThat(shard.recalled().share()).isEqualTo(8);
  }

  @Test
  void versions_areComparedAsNumbers() {
    assertThat(moved("9", "10")).isTrue();
    assertThat(moved("10", "10")).isFalse();
    assertThat(moved("10", "9")).isFalse();
  }

  @Test
  void versionThatIsNoNumber_countsAsMovedUnlessItIsTheSame() {
    assertThat(moved("9", "x")).isTrue();
    assertThat(moved("x", "x")).isFalse();
    assertThat(moved("10", "")).isTrue();
    assertThat(moved("10", "9/")).isTrue();
    assertThat(moved("10", "9:")).isTrue();
    assertThat(moved("", "")).isFalse();
    assertThat(moved("2" + "0".repeat(18), "1" + "0".repeat(18))).isTrue();
    assertThat(moved("2" + "0".repeat(17), "1" + "0".repeat(17))).isFalse();
    assertThat(new SecretRef("n", "s", "1")).hasToString("n/s");
  }

  private static boolean moved(String before, String after) {
    return new SecretRef("n", "s", before).isMovedBy(after);
  }

  @Test
  void moreAccountedForThanDiscovered_isRefused() {
    for (Tally full : List.of(new Tally(4, 1, 1, 1, 1, 0, 0), new Tally(2, 2, 0, 0, 0, 0, 0))) {
      for (Fate fate : Fate.values()) {
        assertThatThrownBy(() -> full.plus(fate, 1)).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void exceptions_areCountedByReason() {
    ExceptionCounts counts =
        ExceptionCounts.of(Samples.exceptions(ExceptionReason.INVALID, 2))
            .plus(Samples.exceptions(ExceptionReason.UNREACHABLE, 3));

    assertThat(counts.of(ExceptionReason.INVALID)).isEqualTo(2);
    assertThat(counts.of(ExceptionReason.FORBIDDEN)).isZero();
    assertThat(counts.unread()).isEqualTo(3);
    assertThat(counts.isAnyOfDecryption()).isFalse();
  }
}
