package dev.rekey.service;

import dev.rekey.key.KeyIdHash;
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
import java.util.stream.Stream;

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
   * Lists namespaces and the Secrets of one, patches one that isn't there (a right is asked for
   * before a Secret is looked for), lists the leases, and reads the counters.
   *
   * @param encrypted whether KMS is on: an API server without an encryption configuration has
   *     nothing to say about keys then. Otherwise KMS may never have been on
   * @throws dev.rekey.service.port.OutsideFault if one of them is refused or not answered, with
   *     {@code MALFORMED} if the counters can't tell about keys
   */
  public void run(boolean encrypted) {
    ReplicaSample sample = ask();
    if (ReplicaSample.isUnnamed(sample.replica()) && encrypted) {
      throw new OutsideFault(
          OutsideSystem.API_SERVER,
          OutsideFault.Kind.MALFORMED,
          "the API server counts nothing that tells under which key a Secret lies: "
              + (isOnKmsV1(sample)
                  ? "it is on KMS v1; rekey migrate-to-kms-v2 --cluster ID leads it to KMS v2"
                  : "it was started without an encryption configuration"));
    }
  }

  private static boolean isOnKmsV1(ReplicaSample sample) {
    return Stream.of(sample.reads(), sample.writes())
        .flatMap(counts -> counts.keySet().stream())
        .anyMatch(KeyIdHash::isOfKmsV1);
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
