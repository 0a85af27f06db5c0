package dev.rekey.endtoend.kills;

import dev.rekey.testbed.Etcd;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Compares etcd with the records again and again, one comparison after another. */
final class Comparisons {
  private static final int MOST_TOLD = 20;

  private final Etcd etcd;
  private final RecordsFolder records;
  private final List<String> disagreements = new ArrayList<>();
  private CompletableFuture<Void> last = CompletableFuture.completedFuture(null);
  private int etcdRead;
  private int compared;
  private int claiming;
  private Duration took = Duration.ZERO;

  Comparisons(Etcd etcd, RecordsFolder records) {
    this.etcd = etcd;
    this.records = records;
  }

  /** Compares while the caller goes on: a strike's kill is to come when it was drawn for. */
  void begin(String after, EtcdAndClaim both) {
    last = last.thenRunAsync(() -> compare(after, both));
  }

  /** Compares, once all that were begun have ended. */
  void make(String after, EtcdAndClaim both) {
    begin(after, both);
    last.join();
  }

  private void compare(String after, EtcdAndClaim both) {
    long began = System.nanoTime();
    Optional<Claim> claim = records.glance().map(copy -> Claim.of(copy, records.cluster()));
    List<String> wrong = both.disagreements(claim.orElse(Claim.NOTHING), etcd.secretsAtOnce());
    took = took.plusNanos(System.nanoTime() - began);
    etcdRead++;
    compared += claim.isPresent() ? 1 : 0;
    claiming += claim.orElse(Claim.NOTHING).secrets() > 0 ? 1 : 0;
    wrong.stream()
        .limit(MOST_TOLD)
        .forEach(text -> disagreements.add("after " + after + ": " + text));
  }

  /** How often etcd was read. */
  int etcdRead() {
    return etcdRead;
  }

  /** How often of these the records were not being written, and were compared with it. */
  int compared() {
    return compared;
  }

  /** How often of these they claimed anything. */
  int claiming() {
    return claiming;
  }

  List<String> disagreements() {
    return disagreements;
  }

  @Override
  public String toString() {
    return ("etcd read %d times, %d times compared with records that were not just being written,"
            + " %d times with a claim of theirs, in %d ms altogether")
        .formatted(etcdRead, compared, claiming, took.toMillis());
  }
}
