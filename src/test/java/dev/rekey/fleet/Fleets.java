package dev.rekey.fleet;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.key;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Clusters and counts that tests speak of. Times are days after the first of March. */
final class Fleets {
  static final ClusterName ONE = new ClusterName("one");
  static final ClusterName TWO = new ClusterName("two");

  private Fleets() {}

  static Instant day(int number) {
    return NOW.plus(Duration.ofDays(number));
  }

  /** Met on day 0 with version 1, then rotated by Rekey to the next one on each of these days. */
  static Ledger rotated(int... days) {
    Ledger ledger = Ledger.firstSeen(day(0), key(1));
    for (int number = 0; number < days.length; number++) {
      String operation = operation(days[number]);
      ledger =
          ledger
              .mayBeInSlot(key(number + 2), day(days[number]), operation)
              .current(key(number + 2), day(days[number]), operation);
    }
    return ledger;
  }

  /** The operation that ended on a day. */
  static String operation(int day) {
    return "op-%03d".formatted(day);
  }

  /** A cluster on a version, with this ledger, in order: the last rotations have left proofs. */
  static KnownCluster cluster(int current, Ledger ledger, Counted... counts) {
    return new KnownCluster(
        ONE, KeyInUse.of(key(current)), ledger, null, null, List.of(counts), null);
  }

  /** All Secrets were proved to lie under a version. */
  static Counted proof(int day, int version) {
    return new Counted(
        operation(day), day(day), Map.of(key(version).url(), 50L), 0, 0, true, true, null);
  }

  /** A census that looked at every Secret and found so many under a version each. */
  static Counted census(int day, Map<Integer, Long> under) {
    Map<String, Long> byKey = new TreeMap<>();
    under.forEach((version, secrets) -> byKey.put(key(version).url(), secrets));
    return new Counted(operation(day), day(day), byKey, 0, 0, false, true, null);
  }

  static Counted doubtful(int day, Uncertain why) {
    return new Counted(operation(day), day(day), Map.of(), 0, 1, false, false, why);
  }

  static KnownFleet fleet(KnownCluster... clusters) {
    return new KnownFleet(
        List.of(clusters),
        List.of(),
        IntStream.rangeClosed(1, 9).mapToObj(Fleets::version).toList());
  }

  private static KeyId version(int number) {
    return key(number);
  }

  /** Of a version that was made on a day, long before the first of March by default. */
  static RetireVerdict verdict(int version, KnownCluster... clusters) {
    return RetireVerdict.of(key(version), day(version - 100), fleet(clusters));
  }

  static Evidence evidence(
      String kind,
      Evidence.Secrets secrets,
      Map<String, Long> after,
      long plain,
      long unknown,
      Map<String, Long> reasons,
      @Nullable String verdict) {
    return new Evidence(
        Evidence.SCHEMA,
        null,
        new Evidence.Identity(
            "op-1", kind, "one", "timer", "a", null, null, null, NOW, NOW, "completed"),
        new Evidence.Keys(null, null),
        null,
        new Evidence.Convergence("none", List.of()),
        secrets,
        new Evidence.Proof("counters", 10, 10, 0),
        new Evidence.Census(null, after, plain, unknown, null, List.of(), List.of()),
        null,
        List.of(),
        reasons,
        List.of(),
        null,
        null,
        null,
        List.of(),
        List.of(),
        new Evidence.Verdict("none", verdict == null ? "not-known" : verdict));
  }
}
