package dev.rekey.storage;

import com.azure.data.tables.models.TableTransactionAction;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One transaction, and what became of it. Each has an id that every row it stores carries, so that
 * its own work can be told from another's:
 *
 * <ol>
 *   <li>A refusal of the first try is a conflict. Nothing was stored.
 *   <li>A refusal after a try whose answer was lost may be that of our own work. It is a success if
 *       one of the rows carries the id, since all were stored or none. Otherwise nobody knows: ours
 *       may have been stored and overwritten. That is never called a conflict, nor a success.
 *   <li>An answer that stays lost, or one of success that can't be understood, is looked up in the
 *       same way.
 *   <li>An ETag is given out only for a row that carries the id. Another's would let us overwrite
 *       what we have never read.
 * </ol>
 */
final class AzureTransaction {
  /** Azure's own are weak ones, so this matches no row. */
  static final String OVERWRITTEN = "\"overwritten\"";

  private static final String AZURES_FORM = "W/\"";

  private final AzureRows rows;
  private final String partition;
  private final List<Write> writes;
  private final String id;

  AzureTransaction(AzureRows rows, String partition, List<Write> writes, String id) {
    this.rows = rows;
    this.partition = partition;
    this.writes = writes;
    this.id = id;
  }

  List<Row> carryOut() {
    writes.forEach(AzureTransaction::checkExpectation);
    SentRequest request = new SentRequest();
    try {
      send(request);
    } catch (RuntimeException failure) {
      settle(failure, request);
    }
    return storedRows();
  }

  /** Azure refuses an ETag that isn't one of its own as a bad request; it can't match either. */
  private static void checkExpectation(Write write) {
    boolean isForeign =
        (write instanceof Write.Replace replace && !replace.etag().startsWith(AZURES_FORM))
            || (write instanceof Write.Delete delete && !delete.etag().startsWith(AZURES_FORM));
    if (isForeign) {
      throw new Conflict("the row has changed since it was read");
    }
  }

  private void send(SentRequest request) {
    List<TableTransactionAction> actions = EntityActions.of(partition, writes, id);
    try {
      rows.submit(actions, request);
    } catch (RuntimeException failure) {
      if (rows.answer(failure).filter(answer -> answer.isAnyOf("TableNotFound")).isEmpty()) {
        throw failure;
      }
      rows.createTable();
      rows.submit(actions, request);
    }
  }

  /** Returns if the transaction was carried out after all. */
  private void settle(RuntimeException failure, SentRequest request) {
    Optional<StorageAnswer> refusal = rows.answer(failure).filter(StorageAnswer::isRefusal);
    boolean isSettled = refusal.isPresent() && !request.isAnswerLost();
    if (isSettled && isConflict(refusal.get())) {
      throw new Conflict("a row isn't in the state that the write was made from");
    }
    OutsideFault fault = rows.fault(failure, request);
    if (isSettled || !isWorthALook(fault, request)) {
      throw fault;
    }
    if (!isCarriedOut()) {
      throw refusal.isPresent() ? rows.unknown() : fault;
    }
  }

  private static boolean isConflict(StorageAnswer answer) {
    return answer.isAnyOf(
        "EntityAlreadyExists",
        "UpdateConditionNotSatisfied",
        "ConditionNotMet",
        "ResourceNotFound",
        "EntityNotFound");
  }

  private static boolean isWorthALook(OutsideFault fault, SentRequest request) {
    boolean isNeverSent = fault.kind() == OutsideFault.Kind.UNREACHABLE && !request.isAnswerLost();
    return fault.kind() != OutsideFault.Kind.BUSY && !fault.isMissingRight() && !isNeverSent;
  }

  private boolean isCarriedOut() {
    return writes.stream()
        .filter(write -> Precondition.textAfter(write).isPresent())
        .anyMatch(write -> rows.etagIfWrittenBy(id, partition, write.rowKey()).isPresent());
  }

  /** An answer to a transaction has no ETags, so they are read. */
  private List<Row> storedRows() {
    List<Row> stored = new ArrayList<>();
    for (Write write : writes) {
      Optional<String> text = Precondition.textAfter(write);
      if (text.isPresent()) {
        String etag = rows.etagIfWrittenBy(id, partition, write.rowKey()).orElse(OVERWRITTEN);
        stored.add(new Row(partition, write.rowKey(), text.get(), etag));
      }
    }
    return List.copyOf(stored);
  }
}
