package dev.rekey.service;

import dev.rekey.key.Ledger;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Operation;
import dev.rekey.operation.SentUpgrade;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.Objects;

/**
 * Sends an upgrade of Kubernetes. The intent is saved before; whatever becomes of the request, the
 * next look reads ARM again (promise K5).
 */
final class UpgradeWork {
  private final Ports ports;

  UpgradeWork(Ports ports) {
    this.ports = ports;
  }

  void send(Stored<Operation> stored, Effect.UpgradeKubernetes effect) {
    Operation operation = stored.value();
    Instant now = ports.time().instant();
    int attempts = operation.upgrade().map(SentUpgrade::attempts).orElse(0);
    SentUpgrade intent = SentUpgrade.intended(effect.etag(), attempts + 1, now);
    Ledger ledger = new Ledgers(ports.records()).of(operation.cluster(), null, now).value();
    Promises.beforeUpgrade(operation, ledger, effect);
    Stored<Operation> intended = save(stored, intent);
    try {
      String address =
          ports.clusters().upgradeKubernetes(operation.cluster(), effect.to(), effect.etag());
      save(intended, intent.accepted(address));
    } catch (OutsideFault fault) {
      String why = Objects.requireNonNullElse(fault.getMessage(), fault.token());
      save(intended, fault.isNotTaken() ? intent.notTaken(why) : intent.unanswered(why));
      throw fault;
    }
  }

  private Stored<Operation> save(Stored<Operation> stored, SentUpgrade upgrade) {
    Operation operation = stored.value();
    return ports.records().save(stored.with(operation.with(operation.progress().with(upgrade))));
  }
}
