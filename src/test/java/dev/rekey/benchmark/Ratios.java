package dev.rekey.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;

/** Rekey's rates and latencies as multiples of the others'; a phase that wasn't run has none. */
final class Ratios {
  private static final String KUBECTL = "kubectl-replace";
  private static final String MIGRATION = "storage-version-migration";
  private static final String PATCHING = "storage-version-migration-patching";
  private static final String GENERATOR = "load-generator";

  private Ratios() {}

  /**
   * @param medians by phase
   */
  static Map<String, Double> of(Map<String, Figures> medians) {
    Map<String, Double> ratios = new LinkedHashMap<>();
    for (String suffix : new String[] {"", "-paced"}) {
      for (String own : new String[] {"rekey-write", "rekey-write-and-proof", "rekey-command"}) {
        for (String other : new String[] {KUBECTL, MIGRATION, PATCHING, GENERATOR}) {
          put(ratios, medians, own + suffix, other, Figures.RATE);
        }
      }
      put(ratios, medians, "rekey-proof" + suffix, "load-generator-proof", Figures.RATE);
      put(ratios, medians, "rekey-write" + suffix, KUBECTL, Figures.INNOCENT);
      put(ratios, medians, "rekey-proof" + suffix, KUBECTL, Figures.INNOCENT);
    }
    return ratios;
  }

  private static void put(
      Map<String, Double> ratios,
      Map<String, Figures> medians,
      String own,
      String other,
      String figure) {
    if (medians.containsKey(own) && medians.containsKey(other)) {
      double ratio = medians.get(own).get(figure) / medians.get(other).get(figure);
      ratios.put("%s / %s, %s".formatted(own, other, figure), ratio);
    }
  }
}
