package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.TransformFailure;
import dev.rekey.simulation.cluster.etcd.SimulatedEtcd;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one process answers to lists of Secrets. A filled watch cache serves them without reading
 * what is stored. Else a list with a limit reads etcd, and breaks at the first Secret that can't be
 * read; one without a limit waits for the cache.
 */
public final class ListRequests {
  private final ServerProcess process;
  private final SimulatedEtcd etcd;
  private final ListSnapshots snapshots;
  private final boolean pagesReadEtcd;

  ListRequests(
      ServerProcess process, SimulatedEtcd etcd, ListSnapshots snapshots, boolean pagesReadEtcd) {
    this.process = process;
    this.etcd = etcd;
    this.snapshots = snapshots;
    this.pagesReadEtcd = pagesReadEtcd;
  }

  /**
   * One page.
   *
   * @param prefix what the keys begin with
   * @param limit the most items of a page; 0 for all
   * @param token of the page before; null for the first page
   */
  public SecretPage list(String prefix, int limit, @Nullable String token) throws Refusal {
    boolean cached = process.cache().isReady();
    if (!cached && limit == 0) {
      throw process.cache().failure();
    }
    ContinueToken from = token == null ? null : ContinueToken.decode(token);
    if (from == null || from.fromNewest()) {
      List<ReadableSecret> all = cached ? cachedUnder(prefix) : storedUnder(prefix);
      String first = from == null ? "" : prefix + from.start();
      return page(all, etcd.revision(), prefix, first, limit, !cached);
    }
    List<ReadableSecret> all = snapshots.find(from.revision(), prefix);
    if (all == null) {
      throw Refusals.expiredContinue(from.inNewest().encode());
    }
    boolean readEtcd = !cached || pagesReadEtcd;
    return page(all, from.revision(), prefix, prefix + from.start(), limit, readEtcd);
  }

  /**
   * A token that a client makes of one that it has been given, to go on behind a Secret that can't
   * be read.
   *
   * @param token the one that it has; null before the first page
   */
  public static String behind(String path, String prefix, @Nullable String token) throws Refusal {
    ContinueToken from = token == null ? new ContinueToken(-1, path) : ContinueToken.decode(token);
    return from.behind(path, prefix).encode();
  }

  private SecretPage page(
      List<ReadableSecret> all,
      long revision,
      String prefix,
      String first,
      int limit,
      boolean readEtcd)
      throws Refusal {
    int start = firstFrom(all, first);
    int end = limit == 0 ? all.size() : Math.min(all.size(), start + limit);
    List<ReadableSecret> items = all.subList(start, end);
    if (readEtcd) {
      items = readEach(items);
    }
    if (end == all.size()) {
      return new SecretPage(items, revision, null, 0);
    }
    snapshots.keep(revision, prefix, all);
    String last = all.get(end - 1).stored().key().path();
    String next = ContinueToken.behind(revision, last, prefix).encode();
    return new SecretPage(items, revision, next, all.size() - end);
  }

  private List<ReadableSecret> readEach(List<ReadableSecret> items) throws Refusal {
    List<ReadableSecret> read = new ArrayList<>(items.size());
    for (ReadableSecret item : items) {
      read.add(readable(item.stored()));
    }
    return read;
  }

  private ReadableSecret readable(StoredSecret stored) throws Refusal {
    try {
      return new ReadableSecret(stored, process.open(stored).content());
    } catch (TransformFailure failure) {
      throw Refusals.untransformable(stored.key().path(), failure.text());
    }
  }

  private List<ReadableSecret> cachedUnder(String prefix) {
    return List.copyOf(process.cache().under(prefix).values());
  }

  /** Not read yet: that happens page by page. */
  private List<ReadableSecret> storedUnder(String prefix) {
    return etcd.under(prefix).values().stream()
        .map(stored -> new ReadableSecret(stored, () -> process.open(stored).content().read()))
        .toList();
  }

  private static int firstFrom(List<ReadableSecret> all, String first) {
    int low = 0;
    int high = all.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (all.get(middle).stored().key().path().compareTo(first) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
