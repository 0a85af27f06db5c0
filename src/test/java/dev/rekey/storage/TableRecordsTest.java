package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.ledgerProvedOn;
import static dev.rekey.operation.Example.operation;
import static dev.rekey.operation.Example.rotation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.fleet.Alert;
import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.Look;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.key.Ledger;
import dev.rekey.key.RenewalIntent;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.EvidenceOf;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.Update;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRecordsTest {
  private final MemoryTable table = new MemoryTable();
  private final TableRecords records = new TableRecords(table);

  @Test
  void startedOperation_holdsTheLock() {
    Operation operation = records.start(rotation()).value();

    assertThat(records.active(CLUSTER).orElseThrow().value()).isEqualTo(operation);
  }

  @Test
  void secondStart_isAConflictAndLeavesNoTrace() {
    records.start(rotation());
    Operation second = named("20260301-2");

    assertThatThrownBy(() -> records.start(second)).isInstanceOf(Conflict.class);
    assertThat(records.operation(CLUSTER, "20260301-2")).isEmpty();
  }

  @Test
  void alerts_areReadAsTheyWereSavedAndOfTwoWritersOneIsRefused() {
    OpenAlerts one = OpenAlerts.NONE.after(missing("key-1"), NOW).after();
    OpenAlerts other = OpenAlerts.NONE.after(missing("key-2"), NOW).after();
    assertThat(records.alerts(CLUSTER)).isEmpty();

    records.saveAlerts(CLUSTER, one, null);
    Stored<OpenAlerts> stored = records.alerts(CLUSTER).orElseThrow();
    assertThat(stored.value()).isEqualTo(one);
    assertThatThrownBy(() -> records.saveAlerts(CLUSTER, other, null)).isInstanceOf(Conflict.class);
    records.saveAlerts(CLUSTER, other, stored);

    assertThat(records.alerts(CLUSTER).orElseThrow().value()).isEqualTo(other);
    assertThatThrownBy(() -> records.saveAlerts(CLUSTER, one, stored)).isInstanceOf(Conflict.class);
  }

  private static Look missing(String subject) {
    Alert alert = AlertName.KEY_MISSING.about(subject, "deleted", "type this");
    return Look.of(List.of(alert), AlertName.KEY_MISSING);
  }

  @Test
  void intentToExtend_isOfItsVersionAlone() {
    RenewalIntent intent = new RenewalIntent(key(1), NOW);

    records.intendExtension(intent, null);

    Stored<RenewalIntent> stored = records.extension(key(1)).orElseThrow();
    assertThat(stored.value()).isEqualTo(intent);
    assertThat(records.extension(key(2))).isEmpty();
    assertThat(records.renewal(key(1).key())).isEmpty();
    assertThatThrownBy(() -> records.intendExtension(intent, null)).isInstanceOf(Conflict.class);
    records.intendExtension(new RenewalIntent(key(1), NOW.plusSeconds(1)), stored);
    assertThatThrownBy(() -> records.intendExtension(intent, stored)).isInstanceOf(Conflict.class);
  }

  @Test
  void endedOperation_givesUpTheLock() {
    records.end(ended(records.start(rotation())));

    assertThat(records.active(CLUSTER)).isEmpty();
    assertThat(records.start(named("20260301-2"))).isNotNull();
  }

  @Test
  void operationThatDoesNotHoldTheLock_doesNotGiveItUp() {
    Stored<Operation> first = records.start(rotation());
    records.end(ended(first));
    records.start(named("20260301-2"));
    Stored<Operation> stale = records.operation(CLUSTER, rotation().id()).orElseThrow();

    records.end(stale);

    assertThat(records.active(CLUSTER).orElseThrow().value().id()).isEqualTo("20260301-2");
  }

  @Test
  void takenOver_theOneEndsAndTheOtherHoldsTheLock() {
    Stored<Operation> first = records.start(rotation());

    Operation next = records.takeOver(ended(first), named("20260301-2")).value();

    assertThat(records.active(CLUSTER).orElseThrow().value()).isEqualTo(next);
    assertThat(records.operation(CLUSTER, rotation().id()).orElseThrow().value().isActive())
        .isFalse();
    assertThat(allActive()).containsExactly("20260301-2");
    assertThat(records.clusterOf("20260301-2")).contains(CLUSTER);
  }

  @Test
  void takenOverFromAnOlderState_isAConflictAndNothingHasChanged() {
    Stored<Operation> first = records.start(rotation());
    records.save(first.with(rotation().with(rotation().progress().nextTurn())));

    assertThatThrownBy(() -> records.takeOver(ended(first), named("20260301-2")))
        .isInstanceOf(Conflict.class);
    assertThat(records.operation(CLUSTER, "20260301-2")).isEmpty();
    assertThat(allActive()).containsExactly(rotation().id());
  }

  @Test
  void takenOverOnceItHoldsTheLockNoMore_isAConflict() {
    Stored<Operation> first = records.start(rotation());
    records.end(ended(first));
    Stored<Operation> stale = records.operation(CLUSTER, rotation().id()).orElseThrow();

    assertThatThrownBy(() -> records.takeOver(stale, named("20260301-2")))
        .isInstanceOf(Conflict.class);
    records.start(named("20260301-3"));
    assertThatThrownBy(() -> records.takeOver(stale, named("20260301-4")))
        .isInstanceOf(Conflict.class);
    assertThat(allActive()).containsExactly("20260301-3");
  }

  @Test
  void killedWhileItIsTakenOver_oneOfTheTwoIsActiveAndFound() {
    int moment = 0;
    boolean killed = true;
    while (killed) {
      MemoryTable memory = new MemoryTable();
      Stored<Operation> first = new TableRecords(memory).start(rotation());
      killed = isKilledTakingOver(first, new DyingTable(memory, ++moment));

      TableRecords later = new TableRecords(memory);
      String active = later.active(CLUSTER).orElseThrow().value().id();
      List<String> found = new ArrayList<>();
      later.eachActive(each -> found.add(each.id()));
      assertThat(found).as("killed at %d", moment).containsExactly(active);
      assertThat(later.operations(CLUSTER).stream().filter(Operation::isActive)).hasSize(1);
    }
    assertThat(moment).isGreaterThan(8);
  }

  private static boolean isKilledTakingOver(Stored<Operation> first, Table table) {
    try {
      new TableRecords(table).takeOver(ended(first), named("20260301-2"));
      return false;
    } catch (DyingTable.Killed killed) {
      return true;
    }
  }

  private List<String> allActive() {
    List<String> found = new ArrayList<>();
    records.eachActive(each -> found.add(each.id()));
    return found;
  }

  @Test
  void endFromAnOlderState_isAConflictAndKeepsTheLock() {
    Stored<Operation> first = records.start(rotation());
    records.save(first.with(rotation().with(rotation().progress().nextTurn())));

    assertThatThrownBy(() -> records.end(ended(first))).isInstanceOf(Conflict.class);
    assertThat(records.active(CLUSTER)).isPresent();
  }

  @Test
  void saveFromAnOlderState_isAConflict() {
    Stored<Operation> first = records.start(rotation());
    records.save(first.with(rotation().with(rotation().progress().nextTurn())));

    assertThatThrownBy(() -> records.save(first)).isInstanceOf(Conflict.class);
  }

  @Test
  void ledgerHasMovedMeanwhile_operationIsNotStoredEither() {
    Stored<Operation> operation = records.start(rotation());
    Stored<Ledger> stale = records.begin(CLUSTER, ledger());
    records.save(operation, stale.with(ledgerProvedOn(1, ETAG)));
    Stored<Operation> now = records.operation(CLUSTER, rotation().id()).orElseThrow();
    Operation changed = rotation().with(rotation().progress().nextTurn());

    assertThatThrownBy(() -> records.save(now.with(changed), stale)).isInstanceOf(Conflict.class);
    assertThat(records.operation(CLUSTER, rotation().id())).contains(now);
  }

  @Test
  void secondLedgerOfACluster_isAConflict() {
    records.begin(CLUSTER, ledger());

    assertThatThrownBy(() -> records.begin(CLUSTER, ledger())).isInstanceOf(Conflict.class);
  }

  @Test
  void lastOperationsTextCanNotBeRead_itsIdCan() {
    records.end(ended(records.start(named("a"))));
    records.end(ended(records.start(named("b"))));
    table.insert(CLUSTER.value(), "operation-c", "{\"schema\":\"rekey.dev/operation/v9\"}");

    assertThat(records.lastOperationId(CLUSTER)).contains("c");
    assertThat(records.lastOperationId(new ClusterName("another"))).isEmpty();
  }

  @Test
  void evidencesTextsCanNotBeRead_theirIdsCanOldestFirst() {
    table.insert(CLUSTER.value(), "evidence-20260302-1", "{\"schema\":\"of tomorrow\"}");
    table.insert(CLUSTER.value(), "evidence-20260301-1", "{}");
    table.insert(CLUSTER.value(), "head-evidence", "sha256:0");

    assertThat(records.evidenceIds(CLUSTER)).containsExactly("20260301-1", "20260302-1");
    assertThat(records.evidenceIds(new ClusterName("another"))).isEmpty();
  }

  @Test
  void operations_comeOldestFirst() {
    records.end(ended(records.start(named("b"))));
    records.end(ended(records.start(named("c"))));
    records.end(ended(records.start(named("a"))));

    assertThat(records.operations(CLUSTER))
        .extracting(Operation::id)
        .containsExactly("a", "b", "c");
  }

  @Test
  void operationWithEveryFieldSet_comesBackAsItWas() {
    Passes proof = Passes.of("prove", PassKind.PROOF, hash(2));
    Operation full =
        rotation(
            Passes.of("write", PassKind.WRITE, hash(2)).withForeignReads(hash(1)),
            proof.withException(ExceptionReason.DENIED_BY_POLICY),
            proof.round(2).running());
    Pending pending =
        new Pending(
            4, StepName.PROVE, NOW, Pending.Doing.STALLED, Reason.ACCESS_DENIED, NOW, "detail", 3);
    Operation stored =
        full.with(
            full.progress()
                .with(new Update(ETAG, 2, NOW, "https://management.azure.com/operations/1"))
                .with(new StepReport(0, StepName.CHECK, Reason.CHECKS_PASSED, NOW, NOW))
                .with(pending));

    records.start(stored);

    assertThat(records.operation(CLUSTER, stored.id()).orElseThrow().value()).isEqualTo(stored);
  }

  @Test
  void operationWithEveryOptionalFieldUnset_comesBackAsItWas() {
    Operation bare =
        new Operation(
            "bare",
            Kind.CENSUS,
            CLUSTER,
            operation(Kind.CENSUS).origin(),
            Route.UNKNOWN,
            NOW,
            operation(Kind.CENSUS).progress());

    records.start(bare);

    assertThat(records.operation(CLUSTER, "bare").orElseThrow().value()).isEqualTo(bare);
  }

  @Test
  void ledger_comesBackAsItWas() {
    Ledger full = ledgerProvedOn(1, ETAG).mayBeInSlot(key(2), NOW, "op").current(key(2), NOW, "op");
    records.begin(CLUSTER, full);

    assertThat(records.ledger(CLUSTER).orElseThrow().value()).isEqualTo(full);
  }

  @Test
  void unknownSchema_isRefused() {
    table.insert(CLUSTER.value(), "ledger", "{\"schema\":\"rekey.dev/ledger/v2\",\"value\":{}}");

    assertThatThrownBy(() -> records.ledger(CLUSTER)).isInstanceOf(UnreadableRow.class);
  }

  @Test
  void unknownMember_isRefused() {
    records.begin(CLUSTER, ledger());
    Row row = table.get(CLUSTER.value(), "ledger").orElseThrow();
    table.replace(
        CLUSTER.value(),
        "ledger",
        row.text().replace("\"entries\"", "\"added\":1,\"entries\""),
        row.etag());

    assertThatThrownBy(() -> records.ledger(CLUSTER)).isInstanceOf(UnreadableRow.class);
  }

  @Test
  void damagedRow_isRefused() {
    for (String text :
        List.of(
            "",
            "{",
            "null",
            "[]",
            "{\"schema\":\"rekey.dev/ledger/v2\",\"value\":{\"firstSeenAt\":\"yesterday\",\"entries\":[],\"proved\":null}}")) {
      MemoryTable damaged = new MemoryTable();
      damaged.insert(CLUSTER.value(), "ledger", text);

      assertThatThrownBy(() -> new TableRecords(damaged).ledger(CLUSTER))
          .as(text)
          .isInstanceOf(UnreadableRow.class);
    }
  }

  /** It would go on into the next evidence. */
  @Test
  void headOfEvidenceIsNoHash_isRefused() {
    for (String text : List.of("", "sha256:", "sha256:" + "A".repeat(64), "a text")) {
      MemoryTable damaged = new MemoryTable();
      damaged.insert(CLUSTER.value(), "head-evidence", text);

      assertThatThrownBy(() -> new TableRecords(damaged).lastEvidenceHash(CLUSTER))
          .as(text)
          .isInstanceOf(UnreadableRow.class);
    }
  }

  @Test
  void evidence_isChainedOverItsStoredBytes() {
    records.begin(CLUSTER, ledger());
    assertThat(records.lastEvidenceHash(CLUSTER)).isEmpty();

    end(records.start(named("a")));
    String first = records.evidence(CLUSTER, "a").orElseThrow().bytes();
    end(records.start(named("b")));
    Evidence second = records.evidence(CLUSTER, "b").orElseThrow().evidence();

    assertThat(second.previousHash()).isEqualTo(Sha256.of(first));
    assertThat(records.lastEvidenceHash(CLUSTER))
        .contains(Sha256.of(records.evidence(CLUSTER, "b").orElseThrow().bytes()));
  }

  private void end(Stored<Operation> stored) {
    Stored<Ledger> ledger = records.ledger(CLUSTER).orElseThrow();
    String previous = records.lastEvidenceHash(CLUSTER).orElse(null);
    Evidence evidence =
        EvidenceOf.of(stored.value(), ledger.value(), clusterOn(2), previous, NOW, List.of());
    records.end(ended(stored), ledger, evidence);
  }

  private static Stored<Operation> ended(Stored<Operation> stored) {
    Ending ending = new Ending(Ending.Outcome.COMPLETED, Reason.RECORDED, "detail", "seen", NOW);
    return stored.with(stored.value().with(stored.value().progress().with(ending)));
  }

  private static Operation named(String id) {
    Operation example = rotation();
    return new Operation(
        id,
        example.kind(),
        example.cluster(),
        example.origin(),
        example.route(),
        example.startedAt(),
        example.progress());
  }
}
