package dev.rekey.reencryption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Names that users see and that alerts match: they never change. */
class StableTokensTest {

  @Test
  void reasonsOfExceptions() {
    assertThat(ExceptionReason.values())
        .extracting(ExceptionReason::token)
        .containsExactly(
            "invalid",
            "denied-by-policy",
            "denied-by-webhook",
            "webhook-unreachable",
            "dry-run-unsupported",
            "forbidden",
            "undecryptable",
            "unsettled",
            "unreachable",
            "namespace-unlistable",
            "rejected");
  }

  @Test
  void doubtsOfASearch() {
    assertThat(Doubt.values())
        .extracting(Doubt::token)
        .containsExactly("bounded", "others-read", "interrupted");
  }

  @Test
  void whatIsToldToPeople_isASentenceOfItsOwn() {
    assertThat(ExceptionReason.values())
        .extracting(ExceptionReason::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
    assertThat(Doubt.values())
        .extracting(Doubt::sentence)
        .doesNotHaveDuplicates()
        .allMatch(sentence -> sentence.contains(" "));
  }

  @Test
  void answersThatPutALookOff_areNoFailedTry() {
    assertThat(BusyCause.values())
        .filteredOn(BusyCause::isPutOff)
        .containsExactly(BusyCause.THROTTLED, BusyCause.STORAGE_REINITIALISING);
  }
}
