package dev.rekey.simulation.cluster.etcd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The Secrets of one cluster as they are stored. Every write raises the one revision of the whole
 * store.
 */
public final class SimulatedEtcd {

  /**
   * The keys of a prefix end before the prefix with this appended: no name has a character that
   * high.
   */
  public static final String AFTER_ALL_NAMES = "\uffff";

  private final TreeMap<String, StoredSecret> secrets = new TreeMap<>();
  private final List<EtcdWatcher> watchers = new ArrayList<>();
  private final RandomGenerator random;
  private long revision;

  public SimulatedEtcd(RandomGenerator random) {
    this.random = random;
    this.revision = 1;
  }

  public long revision() {
    return revision;
  }

  public @Nullable StoredSecret get(SecretKey key) {
    return secrets.get(key.path());
  }

  /** All Secrets whose key begins so, in order. */
  public SortedMap<String, StoredSecret> under(String prefix) {
    return secrets.subMap(prefix, prefix + AFTER_ALL_NAMES);
  }

  public SortedMap<String, StoredSecret> all() {
    return secrets;
  }

  /** Stores a new Secret with a uid of its own. */
  public StoredSecret create(SecretKey key, Instant now, byte[] value, byte[] content) {
    String uid = new UUID(random.nextLong(), random.nextLong()).toString();
    return put(new StoredSecret(key, uid, now, ++revision, value), content);
  }

  /** Writes another value under the same key and uid. */
  public StoredSecret rewrite(StoredSecret old, byte[] value, byte[] content) {
    return put(new StoredSecret(old.key(), old.uid(), old.created(), ++revision, value), content);
  }

  public void delete(StoredSecret secret) {
    revision++;
    secrets.remove(secret.key().path());
    watchers.forEach(watcher -> watcher.deleted(secret));
  }

  public void watch(EtcdWatcher watcher) {
    watchers.add(watcher);
  }

  public void unwatch(EtcdWatcher watcher) {
    watchers.remove(watcher);
  }

  private StoredSecret put(StoredSecret secret, byte[] content) {
    secrets.put(secret.key().path(), secret);
    watchers.forEach(watcher -> watcher.written(secret, content));
    return secret;
  }
}
