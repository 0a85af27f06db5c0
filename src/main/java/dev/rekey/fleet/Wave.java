package dev.rekey.fleet;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a cluster stands in the order in which clusters that share a key are rotated by themselves.
 *
 * @param number from 0 on, earlier ones first
 * @param readable false where the tag can't be read: then it is the last wave, behind every number
 */
public record Wave(int number, boolean readable) implements Comparable<Wave> {

  /** The tag of a cluster that names its wave. */
  public static final String TAG = "rekey-wave";

  /** Where there is no tag. Nothing comes before it, so nothing holds it back. */
  public static final Wave FIRST = new Wave(0, true);

  /** Where the tag can't be read: whoever wrote it wanted the cluster not to be the first. */
  public static final Wave LAST = new Wave(Integer.MAX_VALUE, false);

  private static final Pattern FORM = Pattern.compile("\\d{1,4}");

  public static Wave of(int number) {
    return new Wave(number, true);
  }

  /**
   * The wave of a cluster.
   *
   * @param tags the cluster's tags; ARM ignores the case of their names
   */
  public static Wave of(Map<String, String> tags) {
    for (Map.Entry<String, String> tag : tags.entrySet()) {
      if (tag.getKey().equalsIgnoreCase(TAG)) {
        String text = tag.getValue().strip();
        return FORM.matcher(text).matches() ? of(Integer.parseInt(text)) : LAST;
      }
    }
    return FIRST;
  }

  public boolean isBefore(Wave other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Wave other) {
    return Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return readable ? "wave " + number : "the last wave, since its tag " + TAG + " can't be read";
  }
}
