package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.EncryptionMetrics;
import dev.rekey.simulation.cluster.encryption.Opened;
import dev.rekey.simulation.cluster.encryption.TransformFailure;
import dev.rekey.simulation.cluster.encryption.Transformers;
import dev.rekey.simulation.cluster.etcd.SimulatedEtcd;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What a restart ends: counters, unwrapped data keys, the watch cache, the loaded configuration.
 */
final class ServerProcess {
  private final SimulatedEtcd etcd;
  private final KeyOperations keys;
  private final RandomGenerator random;
  private final VirtualTime time;
  private final Instant startedAt;
  private final boolean pollsWhenLookedAt;
  private final EncryptionMetrics metrics = new EncryptionMetrics();
  private final WatchCache cache;
  private Transformers transformers;
  private ProviderPolls polls;

  /** Starts whatever the state of the keys: it is then unready, but it runs. */
  ServerProcess(
      Instant startedAt,
      EncryptionConfiguration configuration,
      SharedParts parts,
      RandomGenerator random,
      boolean pollsWhenLookedAt) {
    this.etcd = parts.etcd();
    this.keys = parts.keys();
    this.time = parts.time();
    this.random = random;
    this.startedAt = startedAt;
    this.pollsWhenLookedAt = pollsWhenLookedAt;
    this.transformers = new Transformers(configuration, keys, random, metrics);
    this.polls = new ProviderPolls(transformers, time, pollsWhenLookedAt);
    this.cache = new WatchCache(etcd, this::open, time);
  }

  void start() {
    polls.start();
    etcd.watch(cache);
    cache.fill();
  }

  void stop() {
    polls.stop();
    etcd.unwatch(cache);
  }

  /**
   * Changes the configuration without a restart.
   *
   * @return false if a provider of the new one isn't well: the old one then stays in force, which
   *     is why nobody can rotate away from a version that was disabled
   */
  boolean load(EncryptionConfiguration configuration) {
    Transformers next = new Transformers(configuration, keys, random, metrics);
    ProviderPolls nextPolls = new ProviderPolls(next, time, pollsWhenLookedAt);
    if (!nextPolls.allWell()) {
      return false;
    }
    polls.stop();
    transformers = next;
    polls = nextPolls;
    polls.start();
    cache.retry();
    return true;
  }

  Opened open(StoredSecret stored) throws TransformFailure {
    polls.areLookedAt();
    return transformers.open(stored.value(), time.instant());
  }

  byte[] seal(byte[] content) throws TransformFailure {
    polls.areLookedAt();
    return transformers.seal(content, time.instant());
  }

  /**
   * Without a filled watch cache a process never becomes ready; having lost one later, it stays so.
   */
  boolean isLive() {
    return cache.wasEverReady() || cache.isReady();
  }

  boolean isReady() {
    return isLive() && polls.areHealthy();
  }

  boolean areKeysHealthy() {
    return polls.areHealthy();
  }

  Instant startedAt() {
    return startedAt;
  }

  EncryptionConfiguration configuration() {
    return transformers.configuration();
  }

  EncryptionMetrics metrics() {
    polls.areLookedAt();
    return metrics;
  }

  WatchCache cache() {
    return cache;
  }
}
