package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Builds what API servers show, and what happened in a pass. */
public final class Samples {
  public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  public static final Instant STARTED = NOW.minus(Duration.ofDays(3));

  private final String replica;
  private final Map<KeyIdHash, Instant> statusAt = new HashMap<>();
  private final Map<KeyIdHash, Long> reads = new HashMap<>();
  private final Map<KeyIdHash, Long> writes = new HashMap<>();
  private final Map<KeyIdHash, Instant> lastWriteAt = new HashMap<>();
  private Instant processStart = STARTED;
  private long plainReads;
  private long plainWrites;
  private long failedReads;
  private @Nullable String configuration;

  private Samples(String replica) {
    this.replica = replica;
  }

  public static Samples of(String replica) {
    return new Samples(replica);
  }

  public Samples polls(KeyIdHash hash, Instant at) {
    statusAt.put(hash, at);
    return this;
  }

  public Samples reads(KeyIdHash hash, long count) {
    reads.put(hash, count);
    return this;
  }

  public Samples writes(KeyIdHash hash, long count) {
    writes.put(hash, count);
    return this;
  }

  public Samples lastWrote(KeyIdHash hash, Instant at) {
    lastWriteAt.put(hash, at);
    return this;
  }

  public Samples plain(long readCount, long writeCount) {
    plainReads = readCount;
    plainWrites = writeCount;
    return this;
  }

  public Samples failedReads(long count) {
    failedReads = count;
    return this;
  }

  public Samples loaded(@Nullable String configurationHash) {
    configuration = configurationHash;
    return this;
  }

  public Samples startedAt(Instant instant) {
    processStart = instant;
    return this;
  }

  public ReplicaSample build() {
    return new ReplicaSample(
        replica,
        processStart,
        statusAt,
        reads,
        writes,
        lastWriteAt,
        plainReads,
        plainWrites,
        failedReads,
        configuration);
  }

  /** A scrape of which each sampled replica is live. */
  public static Scrape scrape(Instant at, Samples... sampled) {
    Map<String, ReplicaSample> byReplica = new HashMap<>();
    for (Samples one : sampled) {
      byReplica.put(one.replica, one.build());
    }
    return new Scrape(at, byReplica.keySet(), byReplica);
  }

  /** A scrape with other live replicas than those that were sampled. */
  public static Scrape scrape(Instant at, Set<String> live, Samples... sampled) {
    return new Scrape(at, new HashSet<>(live), scrape(at, sampled).samples());
  }

  public static WriteShown shown(String replica, KeyIdHash key, Instant at) {
    return new WriteShown(
        replica, key, WriteShown.How.BY_WRITE, at.minusSeconds(30), at, STARTED, 0);
  }

  public static SecretRef secret(String name) {
    return new SecretRef("default", name, "1");
  }

  public static List<SecretRef> secrets(int count) {
    return IntStream.range(0, count).mapToObj(number -> secret("s" + number)).toList();
  }

  public static PatchAnswer patched(String resourceVersion) {
    return new PatchAnswer.Patched(resourceVersion);
  }

  public static PatchAnswer refused(ExceptionReason reason) {
    return new PatchAnswer.Refused(reason, "guard");
  }

  public static PatchAnswer busy(BusyCause cause) {
    return new PatchAnswer.Busy(cause, null);
  }

  public static Tally allCurrent(long count) {
    return new Tally(count, 0, count, 0, 0, count, 0);
  }

  public static List<SecretException> exceptions(ExceptionReason reason, int count) {
    List<SecretException> all = new ArrayList<>();
    secrets(count)
        .forEach(one -> all.add(new SecretException(one.namespace(), one.name(), reason, null)));
    return all;
  }
}
