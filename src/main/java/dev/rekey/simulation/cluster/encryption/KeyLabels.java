package dev.rekey.simulation.cluster.encryption;

import java.util.Comparator;

/** The labels of the metrics that count per key id. */
public record KeyLabels(String provider, String keyIdHash) implements Comparable<KeyLabels> {
  private static final Comparator<KeyLabels> ORDER =
      Comparator.comparing(KeyLabels::provider).thenComparing(KeyLabels::keyIdHash);

  @Override
  public int compareTo(KeyLabels other) {
    return ORDER.compare(this, other);
  }
}
