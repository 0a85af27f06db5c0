package dev.rekey.service;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Origin;
import java.util.List;

/**
 * Reacts to an event of Key Vault. The event is a hint and nothing more: which clusters use the
 * key, and which version is newest, comes from a fresh look at ARM and at the vault that ARM names.
 * No host from an event is ever called.
 */
public final class ReceiveKeyEvent {
  private final Ports ports;
  private final Cloud cloud;
  private final ConsiderCluster consider;

  public ReceiveKeyEvent(Ports ports, Cloud cloud) {
    this.ports = ports;
    this.cloud = cloud;
    this.consider = new ConsiderCluster(ports, cloud);
  }

  public void handle(KeyEvent event) {
    if (event.type() != KeyEventType.NEW_VERSION_CREATED) {
      ports.signals().count("key-event-ignored", "type-without-action");
      return;
    }
    List<ManagedCluster> users =
        ports.clusters().list().stream().filter(cluster -> uses(cluster, event.keyId())).toList();
    if (users.isEmpty()) {
      ports.signals().count("key-event-ignored", "no-cluster-uses-key");
    }
    Origin origin = new Origin(Origin.Trigger.EVENT, "key-vault", "a new key version was created");
    new EachCluster(ports.signals()).look(users, cluster -> consider.consider(cluster, origin));
  }

  private boolean uses(ManagedCluster cluster, KeyId key) {
    return Ledgers.parse(cluster.keyId(), cloud)
        .map(used -> used.isVersionOfSameKey(key))
        .orElse(false);
  }
}
