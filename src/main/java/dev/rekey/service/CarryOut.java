package dev.rekey.service;

import dev.rekey.operation.DroppedKey;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.Stored;

/** Carries out an effect whose intent is saved, and saves what came of it. */
final class CarryOut {
  private final Ports ports;
  private final PassWork passes;
  private final UpdateWork update;
  private final UpgradeWork upgrade;
  private final FinishWork finish;
  private final LookForUnreadable unreadable;

  CarryOut(Ports ports, Connection connection, Limits limits) {
    this.ports = ports;
    this.passes = new PassWork(ports, connection, limits);
    this.update = new UpdateWork(ports);
    this.upgrade = new UpgradeWork(ports);
    this.finish = new FinishWork(ports);
    this.unreadable = new LookForUnreadable(ports, connection, limits);
  }

  /** Java 17 has no switch over a sealed type; a kind that is missing here fails at once. */
  void carryOut(Effect effect, Stored<Operation> stored) {
    if (effect instanceof Effect.UpdateCluster send) {
      update.send(stored, send);
    } else if (effect instanceof Effect.UpgradeKubernetes send) {
      upgrade.send(stored, send);
    } else if (effect instanceof Effect.NoteProved proved) {
      finish.noteProved(stored, proved);
    } else if (effect instanceof Effect.UpdateVault vault) {
      update.changeVault(stored, vault);
    } else if (effect instanceof Effect.RestoreKey restore) {
      Promises.beforeRestoration(stored.value(), restore.restoration());
      ports.vault().restore(restore.restoration());
      ports.records().save(stored);
    } else if (effect instanceof Effect.FinishPhase phase) {
      finish.finishPhase(stored, phase);
    } else if (effect instanceof Effect.Finish) {
      finish.finish(stored);
    } else if (effect instanceof Effect.Dispatch dispatch) {
      passes.dispatch(stored.value(), dispatch);
    } else {
      ports.records().save(stored.with(changed(effect, stored.value())));
    }
  }

  private Operation changed(Effect effect, Operation operation) {
    if (effect instanceof Effect.NoteChecked note) {
      Progress checked = operation.progress().withChecked();
      Findings findings = checked.findings().checked(note.concerns(), note.restorations());
      DroppedKey dropped = note.dropped();
      return operation.with(checked.with(dropped == null ? findings : findings.with(dropped)));
    }
    if (effect instanceof Effect.LookForUnreadable) {
      return unreadable.look(operation);
    }
    if (effect instanceof Effect.NoteNotCountable) {
      return unreadable.notCountable(operation);
    }
    if (effect instanceof Effect.ListSecrets list) {
      return passes.list(operation, list);
    }
    if (effect instanceof Effect.FindWriteKeys find) {
      return passes.findWriteKeys(operation, find);
    }
    if (effect instanceof Effect.MakeEstimate make) {
      return passes.estimate(operation, make);
    }
    if (effect instanceof Effect.ReadQuietly read) {
      return passes.readQuietly(operation, read);
    }
    if (effect instanceof Effect.NoteSearch note) {
      Progress progress = operation.progress();
      return operation.with(progress.with(progress.findings().with(note.search())));
    }
    if (effect instanceof Effect.BeginPass begin) {
      return passes.begin(operation, begin);
    }
    if (effect instanceof Effect.EndPass end) {
      return passes.end(operation, end);
    }
    throw new IllegalStateException("no one carries out " + effect.getClass().getSimpleName());
  }
}
