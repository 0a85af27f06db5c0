package dev.rekey.reencryption;

import static dev.rekey.reencryption.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void tenThousandSecretsAtAThousandPerSecond_writeTakesLongerThanProof() {
    assertThat(new Estimate(NOW, 10_000, 10, 100, 1_000).seconds())
        .isEqualTo((long) Math.ceil(1 + 0.4 + 10 + 16));
  }

  @Test
  void listsCountToo() {
    assertThat(new Estimate(NOW, 1_000_000, 1_000, 100, 2_600_000).seconds()).isEqualTo(1 + 40 + 1);
  }

  @Test
  void nothingToMeasure_isASecondAndTheLists() {
    assertThat(new Estimate(NOW, 0, 0, 0, 0).seconds()).isEqualTo(1);
    assertThat(new Estimate(NOW, 100_000, 100, 0, 0).seconds()).isEqualTo(5);
  }
}
