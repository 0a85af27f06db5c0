package dev.rekey.service;

import dev.rekey.fleet.ForeignKeys;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.ApprovalEvidence;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.EvidenceOf;
import dev.rekey.operation.Kind;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Notes in the ledger what was proved, and stores the evidence. */
final class FinishWork {
  /** Characters of exceptions in the evidence: a row of Azure Tables has 480,000 in all. */
  private static final int MOST_CHARACTERS = 200_000;

  private final Ports ports;

  FinishWork(Ports ports) {
    this.ports = ports;
  }

  void noteProved(Stored<Operation> stored, Effect.NoteProved effect) {
    Operation operation = stored.value();
    KeyId key = effect.settings().key();
    Stored<Ledger> ledger = ledger(operation, key);
    ProvedOn proved =
        new ProvedOn(
            effect.settings().hash(),
            key,
            effect.etag(),
            ports.time().instant(),
            operation.id(),
            effect.orUnder());
    Ledger seen =
        key == null ? ledger.value() : ledger.value().current(key, ports.time().instant(), null);
    ports.records().save(stored, ledger.with(seen.proved(proved)));
  }

  void finish(Stored<Operation> stored) {
    Instant now = ports.time().instant();
    Operation operation = withLastStep(stored.value(), now);
    KeyWithoutVersion unshown = new KeyWithoutVersion(ports);
    @Nullable ManagedCluster cluster =
        operation.managed()
            ? ports.clusters().read(operation.cluster())
            : unshown.cluster(operation);
    List<KeyId> versions =
        operation.managed() || cluster == null ? List.of() : unshown.versions(cluster);
    Stored<Ledger> ledger = ledger(operation, operation.from());
    Ledger known = brought(ledger.value(), operation, cluster, now);
    String previous = ports.records().lastEvidenceHash(operation.cluster()).orElse(null);
    Evidence evidence =
        EvidenceOf.of(operation, known, cluster, previous, now, exceptions(operation), versions);
    Promises.beforeEvidence(evidence);
    Ending ending = new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, null, null, now);
    Operation ended = operation.with(operation.progress().with(ending));
    Optional<ForeignKeys> foreign = foreign(ended, cluster, known);
    ports.records().end(stored.with(ended), ledger.with(known), evidence);
    ports.signals().count("operation-ended", ending.outcome().token());
    foreign.ifPresent(
        found ->
            new TellForeignKeys(ports.signals())
                .tell(found, Objects.requireNonNull(cluster), known));
  }

  /** What a census has found elsewhere than it should lie. */
  private Optional<ForeignKeys> foreign(
      Operation ended, @Nullable ManagedCluster cluster, Ledger ledger) {
    if (ended.kind() != Kind.CENSUS || cluster == null) {
      return Optional.empty();
    }
    List<Operation> all = new ArrayList<>(ports.records().operations(ended.cluster()));
    all.replaceAll(one -> one.id().equals(ended.id()) ? ended : one);
    return ForeignKeys.in(all, cluster, ledger);
  }

  /** The next phase begins with what this one has proved, if ARM shows the same state still. */
  void finishPhase(Stored<Operation> stored, Effect.FinishPhase effect) {
    Instant now = ports.time().instant();
    Operation operation = withLastStep(stored.value(), now);
    ManagedCluster cluster = ports.clusters().read(operation.cluster());
    Stored<Ledger> ledger = ledger(operation, operation.from());
    Ledger known = brought(ledger.value(), operation, cluster, now);
    Evidence.Phase phase = EvidenceOf.phase(operation, known, effect.name(), now);
    Progress progress = ApprovalEvidence.noted(operation);
    Operation next = operation.with(progress.recorded(phase));
    ports.records().save(stored.with(next), ledger.with(known));
    ports.signals().count("phase-ended", effect.name());
  }

  /** The exceptions of the last round, as many as fit into a row. */
  private List<SecretException> exceptions(Operation operation) {
    List<SecretException> fitting = new ArrayList<>();
    Optional<Pass> last = EvidenceOf.lastRound(operation);
    if (last.isEmpty()) {
      return fitting;
    }
    FoundExceptions found = new FoundExceptions(ports.records(), operation, last.get());
    int characters = 0;
    for (Shard shard : found.shardsWithSome()) {
      for (SecretException exception : found.of(shard)) {
        characters += exception.toString().length();
        if (characters > MOST_CHARACTERS) {
          return fitting;
        }
        fitting.add(exception);
      }
    }
    return fitting;
  }

  private Stored<Ledger> ledger(Operation operation, @Nullable KeyId current) {
    return new Ledgers(ports.records()).of(operation.cluster(), current, ports.time().instant());
  }

  private static Operation withLastStep(Operation operation, Instant now) {
    Pending pending = operation.progress().pending();
    int number = pending == null ? operation.progress().steps().size() : pending.number();
    Instant since = pending == null ? now : pending.since();
    StepReport report = new StepReport(number, StepName.RECORD, Reason.RECORDED, since, now);
    return operation.with(operation.progress().with(report));
  }

  /**
   * The slots as they are now, and the proof, if all was proved while ARM showed the state that it
   * shows now.
   */
  private static Ledger brought(
      Ledger ledger, Operation operation, @Nullable ManagedCluster cluster, Instant now) {
    Optional<Pass> proof = operation.progress().lastPass(StepName.PROVE, PassKind.PROOF);
    if (cluster == null || !operation.managed() || proof.isEmpty()) {
      return ledger;
    }
    KeyId from = operation.from();
    KeyId to = operation.to();
    Ledger seen = from == null ? ledger : ledger.current(from, operation.startedAt(), null);
    Ledger moved =
        to == null ? seen.off(now, operation.id()) : seen.current(to, now, operation.id());
    boolean allProved = proof.get().provesExceptions();
    boolean sameState =
        cluster.isAt(operation.after()) && cluster.etag().equals(proof.get().etag());
    return allProved && sameState
        ? moved.proved(new ProvedOn(to, cluster.etag(), now, operation.id()))
        : moved;
  }
}
