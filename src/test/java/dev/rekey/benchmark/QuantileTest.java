package dev.rekey.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class QuantileTest {
  @Test
  void ofAHundredValues_oneLiesAboveTheNinetyNinthPercentile() {
    List<Double> values = IntStream.rangeClosed(1, 100).mapToObj(each -> (double) each).toList();

    assertThat(Quantile.of(values, 0.99)).isEqualTo(99);
    assertThat(Quantile.of(values, 1)).isEqualTo(100);
    assertThat(Quantile.of(List.of(), 0.99)).isZero();
  }

  @Test
  void ofAnEvenNumber_theMedianIsTheMeanOfTheMiddleTwo() {
    assertThat(Quantile.median(List.of(9.0, 1.0, 3.0))).isEqualTo(3);
    assertThat(Quantile.median(List.of(9.0, 1.0, 3.0, 5.0))).isEqualTo(4);
  }
}
