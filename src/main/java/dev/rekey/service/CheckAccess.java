package dev.rekey.service;

import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.PatchLane;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Asks for what every operation needs: a missing right or a wrong address shows before anything is
 * changed.
 */
public final class CheckAccess {
  /** Hardly any Secret is called that, and a dry run would leave it as it is. */
  private static final String ABSENT = "rekey-access-check";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ApiServers servers;
  private final InstantSource time;

  public CheckAccess(ApiServers servers, InstantSource time) {
    this.servers = servers;
    this.time = time;
  }

  /**
   * The same, of API servers that encrypt: without an encryption configuration they have nothing to
   * say about keys.
   *
   * @throws dev.rekey.service.port.OutsideFault with {@code MALFORMED} besides, if one has none
   */
  public void runWhereEncrypted() {
    if (ReplicaSample.isUnnamed(ask().replica())) {
      throw new OutsideFault(
          OutsideSystem.API_SERVER,
          OutsideFault.Kind.MALFORMED,
          "the API server counts nothing that tells under which key a Secret lies: it was started"
              + " without an encryption configuration");
    }
  }

  /** {@link #runWhereEncrypted} or {@link #run()}. */
  void run(boolean encrypted) {
    if (encrypted) {
      runWhereEncrypted();
    } else {
      run(); // KMS may never have been on
    }
  }

  /**
   * Lists namespaces and the Secrets of one, patches one that isn't there (a right is asked for
   * before a Secret is looked for), lists the leases, and reads the counters.
   *
   * @throws dev.rekey.service.port.OutsideFault if one of them is refused or not answered
   */
  public void run() {
    ask();
  }

  private ReplicaSample ask() {
    List<String> namespaces = servers.listNamespaces(null).items();
    if (!namespaces.isEmpty()) {
      list(namespaces.get(0));
      patch(namespaces.get(0));
    }
    servers.leases();
    return servers.sample();
  }

  /** One Secret that can't be decrypted says nothing against the right to list. */
  private void list(String namespace) {
    try {
      servers.listSecrets(namespace, null);
    } catch (OutsideFault fault) {
      if (fault.kind() != OutsideFault.Kind.UNDECRYPTABLE) {
        throw fault;
      }
    }
  }

  private void patch(String namespace) {
    try (PatchLane lane = servers.openLane(PatchMode.DRY_RUN)) {
      lane.submit(new SecretRef(namespace, ABSENT, "1"));
      Look look = lane.take(time.instant().plus(PATIENCE));
      if (look != null
          && look.answer() instanceof PatchAnswer.Refused refused
          && refused.reason() == ExceptionReason.FORBIDDEN) {
        throw new OutsideFault(
            OutsideSystem.API_SERVER,
            OutsideFault.Kind.FORBIDDEN,
            "the API server refuses to patch Secrets in namespace "
                + namespace
                + "; grant verb patch on resource secrets in all namespaces");
      }
    }
  }
}
