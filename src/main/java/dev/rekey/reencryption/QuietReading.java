package dev.rekey.reencryption;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What other clients read from etcd while we send nothing: from a scrape some seconds before a
 * count to its own first one, and from its last one to a scrape some seconds after it.
 *
 * @param pass the id of the count
 * @param first the scrape before it
 * @param last the scrape after it; null until it is taken
 */
public record QuietReading(String pass, Scrape first, @Nullable Scrape last) {

  /** So long is enough to see a client that reads again and again, and short beside a count. */
  public static final Duration TAKES = Duration.ofSeconds(3);

  public QuietReading ended(Scrape scrape) {
    return new QuietReading(pass, first, scrape);
  }

  /** What was seen around a count that has ended. */
  public Others around(Pass count) {
    Sum sum = new Sum();
    if (count.before() != null) {
      sum.add(first, count.before());
    }
    if (count.outcome() != null && last != null) {
      sum.add(count.outcome().after(), last);
    }
    return sum.others();
  }

  /**
   * What others read.
   *
   * @param seconds how long was looked; 0 where the counters were interrupted both times
   * @param perSecond stored values read per second, by key, plain ones under {@link
   *     dev.rekey.key.KeyIdHash#PLAIN}
   */
  public record Others(double seconds, Map<String, Double> perSecond) {
    /** Where nothing was looked at. */
    public static final Others NONE = new Others(0, Map.of());

    public Others {
      perSecond = new TreeMap<>(perSecond);
    }
  }

  private static final class Sum {
    private final Map<String, Long> reads = new TreeMap<>();
    private double seconds;

    void add(Scrape from, Scrape to) {
      CounterGrowth growth = CounterGrowth.between(from, to);
      if (growth.gap() == null) {
        Reading.counts(growth).forEach((key, count) -> reads.merge(key, count, Long::sum));
        seconds += Duration.between(from.at(), to.at()).toMillis() / 1000.0;
      }
    }

    Others others() {
      Map<String, Double> perSecond = new TreeMap<>();
      if (seconds > 0) {
        reads.forEach((key, count) -> perSecond.put(key, count / seconds));
      }
      return new Others(seconds, perSecond);
    }
  }
}
