package dev.rekey.service;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.ReplicaSample;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * One API server of {@link FakeApiServers}: writes with one key, polls some, counts what it reads
 * and writes.
 */
final class FakeReplica {
  final String id;
  final Set<KeyIdHash> polls = new LinkedHashSet<>();
  final Map<KeyIdHash, Long> reads = new HashMap<>();
  final Map<KeyIdHash, Long> writes = new HashMap<>();
  KeyIdHash writesWith;
  Instant processStart;

  /** When its lease was last renewed; null while it is renewed all the time. */
  Instant leaseRenewedAt;

  boolean answers = true;

  /** Which encryption configuration it has loaded; null while it does not tell. */
  String configuration;

  FakeReplica(String id, KeyIdHash writesWith, Instant processStart) {
    this.id = id;
    this.writesWith = writesWith;
    this.processStart = processStart;
    polls.add(writesWith);
  }

  void loads(KeyIdHash key) {
    polls.add(key);
    writesWith = key;
  }

  void restarts(KeyIdHash key, Instant at) {
    processStart = at;
    reads.clear();
    writes.clear();
    polls.clear();
    loads(key);
  }

  PatchAnswer patch(FakeSecret stored, PatchMode mode) {
    reads.merge(stored.key, 1L, Long::sum);
    if (mode == PatchMode.APPLY && !stored.key.equals(writesWith)) {
      stored.key = writesWith;
      stored.version++;
      writes.merge(writesWith, 1L, Long::sum);
    }
    return new PatchAnswer.Patched(String.valueOf(stored.version));
  }

  ReplicaSample sample(Instant now) {
    Map<KeyIdHash, Instant> statusAt = new HashMap<>();
    polls.forEach(key -> statusAt.put(key, now.minusSeconds(20)));
    return new ReplicaSample(
        id, processStart, statusAt, reads, writes, Map.of(), 0, 0, 0, configuration);
  }

  /** A stored Secret: under which key, in which version. */
  static final class FakeSecret {
    KeyIdHash key;
    int version = 1;

    FakeSecret(KeyIdHash key) {
      this.key = key;
    }
  }
}
