package dev.rekey.benchmark;

import java.util.List;

/** Quantiles of few numbers. */
final class Quantile {
  private Quantile() {}

  /**
   * The smallest value that at least this share of all values don't exceed; 0 of none.
   *
   * @param share from 0 to 1
   */
  static double of(List<Double> values, double share) {
    if (values.isEmpty()) {
      return 0;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** The middle value, of an even number the mean of both. */
  static double median(List<Double> values) {
    if (values.isEmpty()) {
      return 0;
    }
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }
}
