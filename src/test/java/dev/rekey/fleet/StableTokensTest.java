package dev.rekey.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.PreviousSlot;
import org.junit.jupiter.api.Test;

/** Names that users see and that alerts match: they never change. */
class StableTokensTest {

  @Test
  void groundsOnWhichAVersionIsNeeded() {
    assertThat(Ground.values())
        .extracting(Ground::token)
        .containsExactly(
            "current-slot",
            "previous-slot",
            "kept-though-off",
            "maybe-in-a-slot",
            "secrets-under-it",
            "operation-under-way",
            "to-be-rotated-to");
    assertThat(Ground.values())
        .extracting(Ground::slot)
        .containsExactly("current", "previous", "kept", "maybe", "none", "none", "none");
  }

  @Test
  void reasonsWhyItCanNotBeTold() {
    assertThat(Uncertain.values())
        .extracting(Uncertain::token)
        .containsExactly(
            "cluster-not-looked-at",
            "records-unreadable",
            "key-in-use-unknown",
            "previous-slot-unknown",
            "secrets-undecryptable",
            "exceptions-not-cleared",
            "strange-key-stored",
            "never-proved");
  }

  @Test
  void reasonsWhyNoPreviousVersionIsNamed() {
    assertThat(PreviousSlot.Knowledge.values())
        .extracting(PreviousSlot.Knowledge::token)
        .containsExactly(
            "known", "off", "empty", "never-rotated", "changed-by-another", "key-not-named");
  }

  @Test
  void whatIsToldToPeople_isASentenceOfItsOwn() {
    assertThat(Ground.values())
        .extracting(Ground::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
    assertThat(Uncertain.values())
        .extracting(Uncertain::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
    assertThat(PreviousSlot.Knowledge.values())
        .extracting(PreviousSlot.Knowledge::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
  }
}
