package dev.rekey.service;

import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.WriteShown;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sees which key each live API server writes with, by a few real empty patches over fresh
 * connections.
 */
final class FindWriteKeys {
  private final ApiServers servers;
  private final InstantSource time;

  FindWriteKeys(ApiServers servers, InstantSource time) {
    this.servers = servers;
    this.time = time;
  }

  /**
   * Patches until each server has shown it, or the connections of one attempt are used up.
   *
   * @param secrets those to patch
   */
  List<WriteShown> run(ProbedSecrets secrets) {
    // All of them: one that was shown before may have restarted since.
    Set<String> live = LiveReplicas.at(servers, time.instant());
    Map<String, WriteShown> shown = new TreeMap<>();
    for (int made = 0;
        made < secrets.connections(live.size()) && !isComplete(live, shown);
        made++) {
      for (WriteShown one : probe(secrets)) {
        shown.put(one.replica(), one);
      }
    }
    return List.copyOf(shown.values());
  }

  private static boolean isComplete(Set<String> live, Map<String, WriteShown> shown) {
    return shown.keySet().containsAll(LiveReplicas.told(live, shown.keySet()));
  }

  private List<WriteShown> probe(ProbedSecrets secrets) {
    try {
      Probe probe = servers.probe(secrets.next());
      secrets.answered(probe.looks());
      return WriteShown.by(probe, time.instant()).stream().toList();
    } catch (OutsideFault fault) {
      if (fault.isMissingRight()) {
        throw fault;
      }
      secrets.unanswered();
      // A replica that is just going away shows nothing; the next connection finds another.
      return List.of();
    }
  }
}
