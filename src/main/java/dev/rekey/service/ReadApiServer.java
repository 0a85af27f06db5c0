package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.preflight.ClusterSetup;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.Reach;
import dev.rekey.operation.preflight.Reach.Contact;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;

/** Sees whether a cluster's API server answers, and does what an operation will ask of it. */
final class ReadApiServer {
  /** Its shards are counted and dropped. */
  private static final int SHARD = 1_000;

  private final Ports ports;
  private final ClusterName cluster;

  ReadApiServer(Ports ports, ClusterName cluster) {
    this.ports = ports;
    this.cluster = cluster;
  }

  /**
   * How it went.
   *
   * @param encrypted whether it should be able to tell under which key a Secret lies
   */
  Contact contact(boolean encrypted) {
    try (Connection connection = new Connection(ports.kubernetes(), cluster)) {
      new CheckAccess(connection.apiServers(), ports.time()).run(encrypted);
      return Contact.ANSWERED;
    } catch (OutsideFault fault) {
      String why = String.valueOf(fault.getMessage());
      return fault.system() == OutsideSystem.API_SERVER
          ? contact(fault, why)
          : new Contact(Reach.State.NOT_TRIED, why);
    }
  }

  private static Contact contact(OutsideFault fault, String why) {
    return fault.kind() == OutsideFault.Kind.MALFORMED
        ? new Contact(Reach.State.UNUSABLE, why)
        : ReadKeys.contact(fault, why);
  }

  /** How many Secrets there are. With KMS v2 nobody needs to know, and nothing is listed. */
  Reading<Long> secrets(ClusterSide side) {
    boolean v2 =
        side.setup()
            .known()
            .map(ClusterSetup::kubernetesVersion)
            .filter(KmsExperience::hasKmsV2)
            .isPresent();
    return v2 ? Reading.unread("they weren't counted, since KMS v2 has no limit") : count();
  }

  private Reading<Long> count() {
    try (Connection connection = new Connection(ports.kubernetes(), cluster)) {
      ListSecrets list = new ListSecrets(connection.apiServers(), SHARD, shards -> {});
      return Reading.of(list.run(WantedSecrets.ALL).discovered());
    } catch (OutsideFault fault) {
      return Reading.unread(String.valueOf(fault.getMessage()));
    }
  }
}
