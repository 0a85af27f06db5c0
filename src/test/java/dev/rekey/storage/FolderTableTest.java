package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTableTest extends TableContract {
  @TempDir private Path folder;

  @Override
  Table table() {
    return FolderTable.open(folder);
  }

  @Test
  void rowIsAFileThatAPersonCanRead() throws IOException {
    table().insert("prod-0a1b", "operation-1", "{\"kind\":\"rotate\"}\n");

    assertThat(folder.resolve("prod-0a1b").resolve("operation-1.row"))
        .content()
        .startsWith("rekey-row 1\noperation-1\n1 ")
        .endsWith("\n{\"kind\":\"rotate\"}\n");
  }

  @Test
  void keysBecomePlainFileNamesInsideTheFolder() throws IOException {
    table().insert("..", "..", "one");
    table().insert("Prod", "C:", "two");
    table().insert("cluster", "ü".repeat(512), "three");

    try (Stream<Path> files = Files.walk(folder).skip(1)) {
      assertThat(files)
          .allSatisfy(file -> assertThat(file.normalize()).startsWith(folder))
          .extracting(file -> file.getFileName().toString())
          .allMatch(name -> name.matches("[.%~a-z0-9-]{1,210}"));
    }
  }

  @Test
  void readingLeavesNoTrace() throws IOException {
    table().get("cluster", "operation-1");
    table().listByPrefix("cluster", "");

    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void crashBeforeTheFirstRowChangedIsCarriedOutByWhoeverComesNext() throws IOException {
    Row old = table().insert("cluster", "operation-1", "one");
    Row lock = table().insert("cluster", "lock", "held");

    leaveJournal(old, lock);

    assertThat(table().get("cluster", "operation-1").orElseThrow().text()).isEqualTo("two");
    assertTransactionIsThereInFull();
  }

  @Test
  void crashBetweenTwoRowsIsCarriedOutByWhoeverComesNext() throws IOException {
    Row old = table().insert("cluster", "operation-1", "one");
    Row lock = table().insert("cluster", "lock", "held");
    leaveJournal(old, lock);
    Disk.replace(
        folder.resolve("cluster/operation-1.row"),
        RowFile.text(new StoredRow("operation-1", 2, "two")));

    assertThat(table().get("cluster", "lock")).isEmpty();
    assertTransactionIsThereInFull();
  }

  @Test
  void crashAfterTheLastRowIsForgotten() throws IOException {
    Row old = table().insert("cluster", "operation-1", "one");
    Row lock = table().insert("cluster", "lock", "held");
    leaveJournal(old, lock);
    byte[] journal = Files.readAllBytes(folder.resolve("cluster/.journal"));
    table().get("cluster", "lock");

    Files.write(folder.resolve("cluster/.journal"), journal);

    assertTransactionIsThereInFull();
  }

  @Test
  void writeAfterACrashMeetsTheFinishedTransaction() throws IOException {
    Row old = table().insert("cluster", "operation-1", "one");
    Row lock = table().insert("cluster", "lock", "held");
    leaveJournal(old, lock);

    assertThatThrownBy(() -> table().replace("cluster", "operation-1", "other", old.etag()))
        .isInstanceOf(Conflict.class);
    assertTransactionIsThereInFull();
  }

  @Test
  void crashBeforeTheJournalWasCompleteHasChangedNothing() throws IOException {
    Row old = table().insert("cluster", "operation-1", "one");
    Files.writeString(folder.resolve("cluster/.journal.unfinished"), "{\"format\":\"rekey-jo");
    Files.writeString(folder.resolve("cluster/operation-2.row.unfinished"), "rekey-row 1\nope");

    assertThat(table().listByPrefix("cluster", "")).containsExactly(old);
    table().transact("cluster", List.of(new Write.Put("a", ""), new Write.Put("b", "")));
    assertThat(table().listByPrefix("cluster", "")).hasSize(3);
  }

  @Test
  void rowFileThatWasEditedOrCutOffIsRefusedByName() throws IOException {
    table().insert("cluster", "operation-1", "one");
    Path file = folder.resolve("cluster/operation-1.row");
    String whole = Files.readString(file);
    byte[] noUtf8 = {(byte) 0xff, (byte) 0xfe};

    for (String damaged :
        List.of("", "rekey-row 2" + whole.substring(11), whole + " ", whole.substring(0, 30))) {
      Files.writeString(file, damaged);
      assertDamaged(file);
    }
    Files.write(file, noUtf8);
    assertDamaged(file);
  }

  @Test
  void rowFileThatWasCopiedOrWhoseKeyWasEditedIsRefused() throws IOException {
    table().insert("cluster", "operation-1", "one");
    Path file = folder.resolve("cluster/operation-1.row");
    Path copy = folder.resolve("cluster/operation-2.row");
    String whole = Files.readString(file);

    Files.writeString(file, whole.replace("operation-1", "operation-2"));
    assertDamaged(file);
    Files.writeString(file, whole.replace("\n1 ", "\n01 "));
    assertDamaged(file);
    Files.writeString(file, whole);
    Files.writeString(copy, whole);
    assertThat(
            catchThrowableOfType(OutsideFault.class, () -> table().listByPrefix("cluster", ""))
                .kind())
        .isEqualTo(OutsideFault.Kind.MALFORMED);
  }

  /** Each would delete the row, or give it a state that it never had. */
  @Test
  void journalThatWeCannotHaveWrittenIsRefusedAndChangesNothing() throws IOException {
    Row row = table().insert("cluster", "operation-1", "one");
    Path journal = folder.resolve("cluster/.journal");
    String whole = "{\"format\":\"rekey-journal 1\",\"rows\":[%s]}";

    for (String damaged :
        List.of(
            "",
            "{\"format\":\"rekey-journal 1\"}",
            "{\"format\":\"rekey-journal 1\",\"rows\":\"x\"}",
            whole.formatted("{\"rowKey\":\"operation-1\",\"version\":2,\"text\":5}"),
            whole.formatted("{\"rowKey\":\"operation-1\",\"version\":2}"),
            whole.formatted("{\"rowKey\":\"operation-1\",\"text\":\"two\"}"),
            whole.formatted("{\"rowKey\":\"operation-1\",\"version\":\"x\",\"text\":\"two\"}"),
            whole.formatted("{\"rowKey\":\"operation-1\"}") + "x")) {
      Files.writeString(journal, damaged);

      assertThat(
              catchThrowableOfType(OutsideFault.class, () -> table().get("cluster", "operation-1"))
                  .kind())
          .as(damaged)
          .isEqualTo(OutsideFault.Kind.MALFORMED);
    }
    Files.delete(journal);
    assertThat(table().get("cluster", "operation-1")).contains(row);
  }

  @Test
  void folderThatCannotBeWrittenIsNamedWithARemedy() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    OutsideFault fault =
        catchThrowableOfType(OutsideFault.class, () -> FolderTable.open(file.resolve("records")));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.FORBIDDEN);
    assertThat(fault)
        .hasMessageContaining(file.resolve("records").toString())
        .hasMessageContaining("can't be written");
  }

  @Test
  void threadsWithTablesOfTheirOwnLoseNoWrite() {
    table().insert("cluster", "counter", "0");

    IntStream.range(0, 4).parallel().forEach(unused -> CountingProcess.count(table(), 25));

    assertThat(table().get("cluster", "counter").orElseThrow().text()).isEqualTo("100");
  }

  @Test
  void processesOnOneFolderLoseNoWrite() throws Exception {
    table().insert("cluster", "counter", "0");

    List<Process> processes =
        List.of(CountingProcess.start(folder, 50), CountingProcess.start(folder, 50));
    for (Process process : processes) {
      assertThat(process.waitFor()).isZero();
    }

    assertThat(table().get("cluster", "counter").orElseThrow().text()).isEqualTo("100");
  }

  @Test
  void processKilledAtAnyPointLeavesNothingHalfDone() throws Exception {
    Table table = table();
    table.insert("cluster", "counter", "0");
    Process process = CountingProcess.start(folder, 1_000_000);
    for (int kill = 0; kill < 5; kill++) {
      awaitProgress(table);
      process.destroyForcibly().waitFor();

      assertThat(text(table, "twin")).isEqualTo(text(table, "counter"));

      process = CountingProcess.start(folder, 1_000_000);
    }
    process.destroyForcibly().waitFor();
  }

  private static void awaitProgress(Table table) {
    String before = text(table, "counter");
    while (text(table, "counter").equals(before)) {
      Thread.onSpinWait();
    }
  }

  private static String text(Table table, String rowKey) {
    return table.get("cluster", rowKey).map(Row::text).orElse("0");
  }

  /** Leaves what a crash leaves that comes right after the journal. */
  private void leaveJournal(Row operation, Row lock) throws IOException {
    List<Write> writes =
        List.of(
            new Write.Replace("operation-1", "two", operation.etag()),
            new Write.Delete("lock", lock.etag()),
            new Write.Insert("evidence-1", "proof"));
    List<RowChange> changes =
        List.of(
            RowChange.of(writes.get(0), Optional.of(new StoredRow("operation-1", 1, "one"))),
            RowChange.of(writes.get(1), Optional.of(new StoredRow("lock", 1, "held"))),
            RowChange.of(writes.get(2), Optional.empty()));
    Disk.replace(folder.resolve("cluster/.journal"), Journal.text(changes));
  }

  private void assertTransactionIsThereInFull() {
    assertThat(table().listByPrefix("cluster", ""))
        .extracting(Row::text)
        .containsExactly("proof", "two");
    assertThat(folder.resolve("cluster/.journal")).doesNotExist();
  }

  private void assertDamaged(Path file) {
    OutsideFault fault =
        catchThrowableOfType(OutsideFault.class, () -> table().get("cluster", "operation-1"));
    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.MALFORMED);
    assertThat(fault).hasMessageContaining(file.getFileName().toString());
  }
}
