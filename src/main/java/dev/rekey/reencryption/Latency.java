package dev.rekey.reencryption;

/**
 * How long answers take, in milliseconds.
 *
 * @param least since it was last asked for anew; infinite until there is an answer
 * @param sum of the round's answers
 * @param count of the round's answers
 * @param meanBefore of the round before; 0 until there is one
 */
record Latency(double least, double sum, int count, double meanBefore) {

  /** Below this a rise is noise: a garbage collection of an API server takes as long. */
  private static final double FLOOR = 50;

  /** Latency "rises sharply" when a round takes this many times what the one before took. */
  private static final double SHARP_RISE = 2;

  static final Latency UNKNOWN = new Latency(Double.POSITIVE_INFINITY, 0, 0, 0);

  Latency with(double millis) {
    return new Latency(Math.min(least, millis), sum + millis, count + 1, meanBefore);
  }

  Latency nextRound() {
    return new Latency(least, 0, 0, count == 0 ? meanBefore : mean());
  }

  /** Forgets the least: the way to the API server can change, and its speed. */
  Latency anew() {
    return new Latency(Double.POSITIVE_INFINITY, sum, count, meanBefore);
  }

  /** How much of an answer's time is work and way rather than waiting, from 0 to 1. */
  double shareOfWork() {
    return sum == 0 ? 1 : least / mean();
  }

  /** Whether the round takes much longer than the one before. */
  boolean risesSharply() {
    return meanBefore > 0 && mean() > FLOOR && mean() > SHARP_RISE * meanBefore;
  }

  private double mean() {
    return count == 0 ? 0 : sum / count;
  }
}
