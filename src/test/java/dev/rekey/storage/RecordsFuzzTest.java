package dev.rekey.storage;

import static dev.rekey.operation.Example.CLUSTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fleet.WaveReleases;
import dev.rekey.fuzz.Canary;
import dev.rekey.key.Ledger;
import dev.rekey.key.RenewalIntent;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Shard;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Rows of every kind, whoever has written them. */
class RecordsFuzzTest {
  private final RecordCodec codec = new RecordCodec();

  @FuzzTest
  void anyOperation_comesBackOrIsRefused(byte[] input) {
    check(input, "rekey.dev/operation/v2", Operation.class);
  }

  @FuzzTest
  void anyLedger_comesBackOrIsRefused(byte[] input) {
    check(input, "rekey.dev/ledger/v2", Ledger.class);
  }

  @FuzzTest
  void anyShard_comesBackOrIsRefused(byte[] input) {
    check(input, "rekey.dev/shard/v1", Shard.class);
  }

  @FuzzTest
  void anyNamesOfAShard_comeBackOrAreRefused(byte[] input) {
    check(input, "rekey.dev/shard-secrets/v2", NamesRow.class);
  }

  @FuzzTest
  void anyExceptions_comeBackOrAreRefused(byte[] input) {
    check(input, "rekey.dev/exceptions/v1", ExceptionRows.Exceptions.class);
  }

  @FuzzTest
  void anyRenewalIntent_comesBackOrIsRefused(byte[] input) {
    check(input, "rekey.dev/renewal-intent/v1", RenewalIntent.class);
  }

  @FuzzTest
  void anyWaveReleases_comeBackOrAreRefused(byte[] input) {
    check(input, "rekey.dev/wave-releases/v1", WaveReleases.class);
  }

  @FuzzTest
  void anyEvidence_comesBackOrIsRefused(byte[] input) {
    check(input, text -> codec.readBare(Evidence.SCHEMA, text, Evidence.class), codec::writeBare);
  }

  /** Rows that hold a bare text: the lock, the index, the head of the evidence. */
  @FuzzTest
  void anyLockAndIndex_areReadOrRefused(byte[] input) {
    String text = text(input);
    MemoryTable table = new MemoryTable();
    table.insert(CLUSTER.value(), "lock", text);
    table.insert("_operations", "active-1", text);
    table.insert("_operations", "every-1", text);
    table.insert(CLUSTER.value(), "head-evidence", text);
    TableRecords records = new TableRecords(table);
    readOrRefused(
        () ->
            assertThat(records.lastEvidenceHash(CLUSTER).orElseThrow())
                .matches("sha256:[0-9a-f]{64}"));
    readOrRefused(() -> records.active(CLUSTER));
    readOrRefused(() -> records.eachActive(operation -> {}));
    readOrRefused(() -> records.clusterOf("1"));
  }

  private static void readOrRefused(Runnable read) {
    try {
      read.run();
    } catch (UnreadableRow refused) {
      Canary.notIn(refused);
    }
  }

  private <T> void check(byte[] input, String schema, Class<T> type) {
    check(input, text -> codec.read(schema, text, type), value -> codec.write(schema, value));
  }

  private static <T> void check(byte[] input, Function<String, T> read, Function<T, String> write) {
    T value;
    try {
      value = read.apply(text(input));
    } catch (UnreadableRow refused) {
      Canary.notIn(refused);
      return;
    }
    assertThat(value).isNotNull();
    String written = write.apply(value);
    T again = read.apply(written);
    assertThat(again).isEqualTo(value);
    assertThat(write.apply(again)).isEqualTo(written);
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }
}
