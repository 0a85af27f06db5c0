package dev.rekey.service;

import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Origin;
import dev.rekey.service.port.FoundClusters;
import java.util.List;

/**
 * Reacts to an event of Key Vault. The event is a hint and nothing more: which clusters use the
 * key, which version is newest, and whether one is about to expire, comes from a fresh look at ARM
 * and at the vault that ARM names. No host from an event is ever called.
 */
public final class ReceiveKeyEvent {
  private final Ports ports;
  private final Conduct conduct;
  private final RenewKeys renew;
  private final BeginRotations rotations;

  public ReceiveKeyEvent(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
    this.renew = new RenewKeys(ports, conduct);
    this.rotations = new BeginRotations(ports, conduct);
  }

  /**
   * Looks at each cluster that uses the event's key.
   *
   * @throws dev.rekey.service.port.OutsideFault if no cluster in scope can be looked at
   * @throws RuntimeException after all have been looked at, if a record of one can't be read
   */
  public void handle(KeyEvent event) {
    FoundClusters found = new LookAround(ports).found();
    List<ManagedCluster> users =
        found.clusters().stream().filter(cluster -> uses(cluster, event.keyId())).toList();
    if (users.isEmpty()) {
      ports.signals().count("key-event-ignored", "no-cluster-uses-key");
      return;
    }
    if (event.type() == KeyEventType.EXPIRED) {
      ports.signals().count("key-event-expired", "look-at-the-key");
    }
    Origin origin = new Origin(Origin.Trigger.EVENT, "key-vault", reason(event.type()));
    try {
      renew.look(users, new VaultSeenOnce(ports.vault()));
    } finally {
      rotations.look(found, users, origin);
    }
  }

  private static String reason(KeyEventType type) {
    return switch (type) {
      case NEW_VERSION_CREATED -> "a new key version was created";
      case NEAR_EXPIRY -> "a key version is about to expire";
      case EXPIRED -> "a key version has expired";
    };
  }

  private boolean uses(ManagedCluster cluster, KeyId key) {
    return Ledgers.parse(cluster.keyId(), conduct.cloud())
        .map(used -> used.isVersionOfSameKey(key))
        .orElse(false);
  }
}
