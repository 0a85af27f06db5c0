package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.Opened;
import dev.rekey.simulation.cluster.encryption.TransformFailure;
import dev.rekey.simulation.cluster.etcd.EtcdWatcher;
import dev.rekey.simulation.cluster.etcd.SimulatedEtcd;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every API server's own copy of all Secrets, filled by one list and kept by a watch, each of which
 * reads the stored values.
 *
 * <p>It is why nobody notices a dropped key (kubernetes-kms#291): a filled cache goes on serving
 * lists of Secrets that can't be read from etcd any more. Once lost, by a restart or by one new
 * value that can't be read, it can't be filled again.
 */
final class WatchCache implements EtcdWatcher {
  /** How long it takes a real server to try again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final SimulatedEtcd etcd;
  private final Decryption decryption;
  private final InstantSource time;
  private final TreeMap<String, ReadableSecret> entries = new TreeMap<>();
  private boolean filled;
  private boolean wasFilled;
  private Instant nextTry = Instant.MIN;
  private @Nullable Refusal failure;

  WatchCache(SimulatedEtcd etcd, Decryption decryption, InstantSource time) {
    this.etcd = etcd;
    this.decryption = decryption;
    this.time = time;
  }

  /** Whether it can serve; tries to fill it if it can't. */
  boolean isReady() {
    if (!filled && !time.instant().isBefore(nextTry)) {
      fill();
    }
    return filled;
  }

  /** Whether it could ever serve since the process started. */
  boolean wasEverReady() {
    return wasFilled;
  }

  /** Why it can't serve. */
  Refusal failure() {
    if (failure == null) {
      throw new IllegalStateException("the watch cache has not failed");
    }
    return failure;
  }

  @Nullable ReadableSecret get(StoredSecret stored) {
    return entries.get(stored.key().path());
  }

  SortedMap<String, ReadableSecret> under(String prefix) {
    return entries.subMap(prefix, prefix + SimulatedEtcd.AFTER_ALL_NAMES);
  }

  @Override
  public void written(StoredSecret secret, byte[] content) {
    if (filled && canRead(secret)) {
      entries.put(secret.key().path(), ReadableSecret.of(secret, content));
    }
  }

  /** A watch delivers the last value of what was deleted, so that is read as well. */
  @Override
  public void deleted(StoredSecret last) {
    if (filled && canRead(last)) {
      entries.remove(last.key().path());
    }
  }

  /** Another configuration may read what this one could not. */
  void retry() {
    if (!filled) {
      fill();
    }
  }

  /** Reads everything once; gives up at the first Secret that can't be read. */
  void fill() {
    nextTry = time.instant().plus(PAUSE);
    entries.clear();
    for (StoredSecret stored : etcd.all().values()) {
      try {
        Opened opened = decryption.open(stored);
        opened.content().read(); // it must open; a copy of it for each server isn't kept
        entries.put(stored.key().path(), new ReadableSecret(stored, opened.content()));
      } catch (TransformFailure unreadable) {
        lose(stored, unreadable);
        return;
      }
    }
    filled = true;
    wasFilled = true;
    failure = null;
  }

  private boolean canRead(StoredSecret secret) {
    try {
      decryption.open(secret);
      return true;
    } catch (TransformFailure unreadable) {
      lose(secret, unreadable);
      return false;
    }
  }

  private void lose(StoredSecret secret, TransformFailure unreadable) {
    filled = false;
    entries.clear();
    failure = Refusals.reinitialising(secret.key().path(), unreadable.text());
  }
}
