package dev.rekey.simulation.cluster.http;

import dev.rekey.simulation.cluster.replica.SimulatedReplica;

/** The health endpoints. The keys' health is part of readiness, never of liveness. */
final class HealthText {
  private HealthText() {}

  static HttpReply ready(SimulatedReplica replica, String check) {
    boolean live = replica.isLive();
    boolean keys = replica.areKeysHealthy();
    String lines = "[+]ping ok\n[+]etcd ok\n" + line("kms-providers", keys) + storage(live);
    return of(check, live && keys, lines);
  }

  static HttpReply live(SimulatedReplica replica) {
    boolean live = replica.isLive();
    return of("livez", live, "[+]ping ok\n[+]etcd ok\n" + storage(live));
  }

  static HttpReply keys(SimulatedReplica replica) {
    return replica.areKeysHealthy()
        ? HttpReply.text(200, "ok")
        : HttpReply.text(
            500, "internal server error: failed to perform status section of the healthz check\n");
  }

  private static HttpReply of(String check, boolean well, String lines) {
    return well
        ? HttpReply.text(200, "ok")
        : HttpReply.text(500, lines + check + " check failed\n");
  }

  private static String storage(boolean live) {
    return line("poststarthook/storage-readiness", live);
  }

  private static String line(String check, boolean well) {
    return well ? "[+]" + check + " ok\n" : "[-]" + check + " failed: reason withheld\n";
  }
}
