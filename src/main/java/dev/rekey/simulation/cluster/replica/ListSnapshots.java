package dev.rekey.simulation.cluster.replica;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The states that lists in progress show. All pages of a list show the state of its first one,
 * until etcd compacts that away after five minutes; the token of a slower list has then expired.
 */
public final class ListSnapshots {
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  private record Key(long revision, String prefix) {}

  private record Snapshot(List<ReadableSecret> secrets, Instant expires) {}

  private final InstantSource time;
  private final Map<Key, Snapshot> snapshots = new LinkedHashMap<>();

  public ListSnapshots(InstantSource time) {
    this.time = time;
  }

  /**
   * Forgets every state now, as a compaction does: all lists in progress have to go on in the
   * newest state.
   */
  public void compact() {
    snapshots.clear();
  }

  void keep(long revision, String prefix, List<ReadableSecret> secrets) {
    Instant now = time.instant();
    snapshots.values().removeIf(each -> !now.isBefore(each.expires));
    snapshots.put(new Key(revision, prefix), new Snapshot(secrets, now.plus(LIFETIME)));
  }

  @Nullable List<ReadableSecret> find(long revision, String prefix) {
    Snapshot snapshot = snapshots.get(new Key(revision, prefix));
    if (snapshot == null || !time.instant().isBefore(snapshot.expires)) {
      return null;
    }
    return snapshot.secrets;
  }
}
