package dev.rekey.simulation.cluster.http;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Numbers as Go prints them in metrics: six digits and more before the point become {@code
 * 1.234567e+06}.
 */
final class GoFloat {
  private static final int LEAST_EXPONENT = -4;
  private static final int EXPONENT_IN_SCIENTIFIC_FORM = 6;

  private GoFloat() {}

  static String of(long number) {
    return of(BigDecimal.valueOf(number));
  }

  /** Seconds since the epoch, as near as a double comes. */
  static String of(Instant instant) {
    double seconds = instant.getEpochSecond() + instant.getNano() / 1e9;
    return of(new BigDecimal(Double.toString(seconds)));
  }

  private static String of(BigDecimal number) {
    if (number.signum() == 0) {
      return "0";
    }
    BigDecimal shortest = number.stripTrailingZeros();
    int exponent = shortest.precision() - shortest.scale() - 1;
    if (exponent >= LEAST_EXPONENT && exponent < EXPONENT_IN_SCIENTIFIC_FORM) {
      return shortest.toPlainString();
    }
    String mantissa = shortest.movePointLeft(exponent).toPlainString();
    String sign = exponent < 0 ? "-" : "+";
    int size = Math.abs(exponent);
    return mantissa + "e" + sign + (size < 10 ? "0" : "") + size;
  }
}
