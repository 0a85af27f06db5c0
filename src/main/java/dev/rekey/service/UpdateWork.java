package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Update;
import dev.rekey.reencryption.ServerState;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.List;

/**
 * Sends the ARM update. The intent, and that its target may be in a slot from now on, are saved in
 * one transaction before anything is sent; whatever becomes of the request, the next look reads ARM
 * again (promise K5).
 */
final class UpdateWork {
  private final Ports ports;

  UpdateWork(Ports ports) {
    this.ports = ports;
  }

  void send(Stored<Operation> stored, Effect.UpdateCluster effect) {
    Operation operation = stored.value();
    Instant now = ports.time().instant();
    int attempts = operation.update().map(Update::attempts).orElse(0);
    Update intent = new Update(effect.etag(), attempts + 1, now, null, servers(operation, effect));
    Stored<Ledger> ledger =
        new Ledgers(ports.records()).of(operation.cluster(), effect.from().key(), now);
    Promises.beforeUpdate(operation, ledger.value(), effect);
    Ledger noted = noted(ledger.value(), operation, effect, now);
    Stored<Operation> intended =
        ports
            .records()
            .save(
                stored.with(operation.with(operation.progress().intending(intent))),
                ledger.with(noted));
    try {
      String address =
          ports
              .clusters()
              .updateKms(operation.cluster(), effect.from(), effect.to(), effect.etag());
      save(intended, intent.accepted(address));
    } catch (OutsideFault fault) {
      if (fault.isNotTaken()) {
        save(intended, new Update(effect.etag(), attempts, now, null, intent.servers()));
      }
      throw fault;
    }
  }

  /**
   * ARM can't tie a vault's change to a cluster's state, as it can a cluster's own; so whether KMS
   * is still off is looked at once more just before (promise K1).
   */
  void changeVault(Stored<Operation> stored, Effect.UpdateVault effect) {
    if (ports.clusters().read(stored.value().cluster()).isAt(stored.value().before())) {
      ports.clusters().updateVault(effect.vaultResourceId(), effect.access());
    }
    ports.records().save(stored);
  }

  /** What ARM shows in the current slot, and what may come there. */
  private static Ledger noted(
      Ledger ledger, Operation operation, Effect.UpdateCluster effect, Instant now) {
    KeyId from = effect.from().key();
    KeyId to = effect.to().key();
    boolean moves = !effect.from().equals(effect.to());
    Ledger seen = from != null && moves ? ledger.current(from, now, null) : ledger;
    return to == null ? seen : seen.mayBeInSlot(to, now, operation.id());
  }

  /** Those of before the first try that ARM may have taken: they may have changed since. */
  private static List<ServerState> servers(Operation operation, Effect.UpdateCluster effect) {
    return operation
        .update()
        .filter(sent -> sent.attempts() > 0)
        .map(Update::servers)
        .orElse(effect.servers());
  }

  private void save(Stored<Operation> stored, Update update) {
    Operation operation = stored.value();
    ports.records().save(stored.with(operation.with(operation.progress().with(update))));
  }
}
