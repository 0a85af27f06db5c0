package dev.rekey.service;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.WriteShown;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sees which key each live API server writes with, by a few real empty patches over fresh
 * connections: at most fifty Secrets, two to a connection, each patched twice, so that the second
 * look shows whether the first settled it. Where all is to lie plain it is one and the same Secret
 * for all servers: a second one is written plain only when each has shown that it can read the
 * first.
 */
final class FindWriteKeys {
  private static final int SECRETS_PER_PROBE = 2;
  private static final int MOST_SECRETS = 50;

  /** Enough for the servers to come round; one that can't be patched must be given up some time. */
  private static final int ATTEMPTS_WITH_ONE = 20;

  /** With a fair balancer and six servers, that one isn't met is less likely than 1 in 10. */
  private static final int CONNECTIONS_PER_SERVER = 4;

  private final ApiServers servers;
  private final InstantSource time;

  FindWriteKeys(ApiServers servers, InstantSource time) {
    this.servers = servers;
    this.time = time;
  }

  /** How many Secrets to pick from: other ones at each attempt. */
  int wanted(Pass pass) {
    return MOST_SECRETS * (pass.lookedForWriteKeys().count() + 1);
  }

  /**
   * @param others Secrets to take besides those of the shards, first
   */
  List<WriteShown> run(Pass pass, List<Shard> shards, List<SecretRef> others) {
    List<SecretRef> candidates = candidates(pass, shards, others);
    // All of them: one that was shown before may have restarted since.
    Set<String> live = LiveReplicas.at(servers, time.instant());
    Map<String, WriteShown> shown = new TreeMap<>();
    int most = connections(candidates.size(), live.size());
    for (int made = 0; made < most && !isComplete(live, shown); made++) {
      for (WriteShown one : probe(next(candidates, made))) {
        shown.put(one.replica(), one);
      }
    }
    return List.copyOf(shown.values());
  }

  private static boolean isComplete(Set<String> live, Map<String, WriteShown> shown) {
    return shown.keySet().containsAll(LiveReplicas.told(live, shown.keySet()));
  }

  /** One for each pair; of few Secrets more, or one of several servers might never be met. */
  private static int connections(int candidates, int servers) {
    int pairs = (candidates + SECRETS_PER_PROBE - 1) / SECRETS_PER_PROBE;
    return candidates == 0 ? 0 : Math.max(pairs, CONNECTIONS_PER_SERVER * servers);
  }

  /** The next few, and from the beginning again. */
  private static List<SecretRef> next(List<SecretRef> candidates, int made) {
    int first = made * SECRETS_PER_PROBE % candidates.size();
    return candidates.subList(first, Math.min(first + SECRETS_PER_PROBE, candidates.size()));
  }

  private static List<SecretRef> candidates(Pass pass, List<Shard> shards, List<SecretRef> others) {
    List<SecretRef> all = new ArrayList<>(others);
    shards.forEach(shard -> all.addAll(shard.remaining()));
    int attempts = pass.lookedForWriteKeys().count();
    if (all.isEmpty()) {
      return all;
    }
    return KeyIdHash.PLAIN.equals(pass.target())
        ? List.of(all.get(attempts / ATTEMPTS_WITH_ONE % all.size()))
        : others(all, attempts);
  }

  /** Other Secrets at each attempt, so that one that can't be patched isn't in the way for ever. */
  private static List<SecretRef> others(List<SecretRef> all, int attempts) {
    Collections.rotate(all, -(attempts * MOST_SECRETS) % all.size());
    return all.subList(0, Math.min(MOST_SECRETS, all.size()));
  }

  private List<WriteShown> probe(List<SecretRef> secrets) {
    List<SecretRef> twice = new ArrayList<>(secrets);
    twice.addAll(secrets);
    try {
      Probe probe = servers.probe(twice);
      return WriteShown.by(probe, time.instant()).stream().toList();
    } catch (OutsideFault fault) {
      if (fault.isMissingRight()) {
        throw fault;
      }
      // A replica that is just going away shows nothing; the next connection finds another.
      return List.of();
    }
  }
}
