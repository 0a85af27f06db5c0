package dev.rekey.storage;

import static dev.rekey.storage.FaultyTransport.ANSWER_LOST;
import static dev.rekey.storage.FaultyTransport.BROKEN_BEFORE;
import static dev.rekey.storage.FaultyTransport.NO_CONNECTION;
import static dev.rekey.storage.FaultyTransport.answerLostAfter;
import static dev.rekey.storage.FaultyTransport.answered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.testbed.azurite.Azurite;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Writes whose answers don't arrive: ours, another's, or nobody knows whose. */
class LostAnswersIT {
  private static final String P = "cluster";
  private static Azurite azurite;

  private final FaultyTransport transport = new FaultyTransport(azurite.transport());
  private final String name = "T" + UUID.randomUUID().toString().replace("-", "");
  private final Table table =
      AzureTable.open(azurite.tables(), name, azurite.credential(), transport);
  private final Table another =
      AzureTable.open(azurite.tables(), name, azurite.credential(), azurite.transport());
  private final Row row = table.insert(P, "row", "one");

  @BeforeAll
  static void start() {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stop() {
    azurite.close();
  }

  @Test
  void insertReplaceOrTransactionWithoutAnswer_isKnownToBeOurs() {
    transport.nextWrites(ANSWER_LOST);
    Row inserted = table.insert(P, "new", "text");
    transport.nextWrites(ANSWER_LOST);
    Row replaced = table.replace(P, "row", "two", row.etag());
    transport.nextWrites(ANSWER_LOST);
    List<Row> both =
        table.transact(
            P, List.of(new Write.Delete("row", replaced.etag()), new Write.Put("new", "more")));

    assertThat(inserted.etag()).isNotEqualTo(both.get(0).etag());
    assertThat(table.listByPrefix(P, "")).containsExactlyElementsOf(both);
  }

  @Test
  void everyAnswerIsLost_theRowTellsThatItIsOurs() {
    transport.nextWrites(ANSWER_LOST, ANSWER_LOST, ANSWER_LOST, ANSWER_LOST, ANSWER_LOST);

    Row replaced = table.replace(P, "row", "two", row.etag());

    assertThat(another.get(P, "row")).contains(replaced);
  }

  @Test
  void oursWasOverwrittenBeforeTheSecondTry_isUnknownAndNoConflict() {
    transport.nextWrites(answerLostAfter(() -> overwrite("theirs")));

    OutsideFault fault = fault(() -> table.replace(P, "row", "two", row.etag()));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.UNREACHABLE);
    assertThat(another.get(P, "row").orElseThrow().text()).isEqualTo("theirs");
  }

  @Test
  void firstRowOfATransactionWasOverwritten_theSecondTellsThatItIsOurs() {
    transport.nextWrites(answerLostAfter(() -> overwrite("theirs")));

    List<Row> rows =
        table.transact(
            P, List.of(new Write.Replace("row", "two", row.etag()), new Write.Insert("b", "new")));

    assertThat(another.get(P, "b")).contains(rows.get(1));
    assertThatThrownBy(() -> table.replace(P, "row", "three", rows.get(0).etag()))
        .isInstanceOf(Conflict.class);
    assertThat(another.get(P, "row").orElseThrow().text()).isEqualTo("theirs");
  }

  @Test
  void deleteWithoutAnswer_isUnknownAndNoConflict() {
    transport.nextWrites(ANSWER_LOST);

    OutsideFault fault = fault(() -> table.delete(P, "row", row.etag()));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.UNREACHABLE);
    assertThat(fault).hasMessageContaining("look again");
    assertThat(another.get(P, "row")).isEmpty();
  }

  @Test
  void deleteThatNeverArrivedAtFirst_isDone() {
    transport.nextWrites(BROKEN_BEFORE);

    table.delete(P, "row", row.etag());

    assertThat(another.get(P, "row")).isEmpty();
  }

  @Test
  void neverSentAtFirst_theConflictIsRealAndNeedsNoLook() {
    overwrite("theirs");
    transport.nextWrites(NO_CONNECTION);

    assertThatThrownBy(() -> table.replace(P, "row", "two", row.etag()))
        .isInstanceOf(Conflict.class);
    assertThat(transport.reads()).isZero();
  }

  @Test
  void neverSentAtAll_isAFaultAtOnce() {
    transport.nextWrites(NO_CONNECTION, NO_CONNECTION, NO_CONNECTION, NO_CONNECTION);

    OutsideFault fault = fault(() -> table.insert(P, "new", "text"));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.UNREACHABLE);
    assertThat(transport.reads()).isZero();
  }

  @Test
  void nobodyKnowsAndNothingIsThere_isAFaultAndNoSuccess() {
    transport.nextWrites(BROKEN_BEFORE, BROKEN_BEFORE, BROKEN_BEFORE, BROKEN_BEFORE);

    OutsideFault fault = fault(() -> table.insert(P, "new", "text"));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.UNREACHABLE);
    assertThat(another.get(P, "new")).isEmpty();
  }

  @Test
  void askedToWaitLong_isBusyAtOnceAndSaysHowLong() {
    for (int status : new int[] {429, 503}) {
      transport.nextWrites(answered(status, Map.of("Retry-After", "90")));

      OutsideFault fault = fault(() -> table.insert(P, "new", "text"));

      assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.BUSY);
      assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(90));
      assertThat(transport.writes()).isEqualTo(1);
    }
  }

  @Test
  void askedToWaitAMoment_isTriedAgain() {
    transport.nextWrites(answered(503, Map.of("Retry-After", "0")));

    assertThat(table.insert(P, "new", "text").text()).isEqualTo("text");
    assertThat(transport.writes()).isEqualTo(2);
  }

  @Test
  void rightIsMissing_theRoleAndTheAccountAreNamed() {
    transport.nextWrites(
        answered(403, Map.of("x-ms-error-code", "AuthorizationPermissionMismatch")));

    OutsideFault fault = fault(() -> table.delete(P, "row", row.etag()));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.FORBIDDEN);
    assertThat(fault)
        .hasMessageContaining("Storage Table Data Contributor")
        .hasMessageContaining("rekeytest")
        .hasMessageContaining("AuthorizationPermissionMismatch");
    assertThat(transport.writes()).isEqualTo(1);
  }

  @Test
  void etagCanNotBeReadAfterTheWrite_isAFaultAndNotAnotherEtag() {
    transport.everyRead(BROKEN_BEFORE);

    assertThat(fault(() -> table.replace(P, "row", "two", row.etag())).kind())
        .isEqualTo(OutsideFault.Kind.UNREACHABLE);
    assertThat(another.get(P, "row").orElseThrow().text()).isEqualTo("two");
  }

  @Test
  void notFoundByWhoeverIsInBetween_isNoMissingRow() {
    transport.everyRead(answered(404, Map.of()));

    assertThat(fault(() -> table.get(P, "row")).kind()).isEqualTo(OutsideFault.Kind.NOT_FOUND);
    assertThat(fault(() -> table.listByPrefix(P, "")).kind())
        .isEqualTo(OutsideFault.Kind.NOT_FOUND);
  }

  private void overwrite(String text) {
    another.replace(P, "row", text, another.get(P, "row").orElseThrow().etag());
  }

  private static OutsideFault fault(ThrowingCallable call) {
    OutsideFault fault = catchThrowableOfType(OutsideFault.class, call);
    assertThat(fault).isNotNull();
    return fault;
  }
}
