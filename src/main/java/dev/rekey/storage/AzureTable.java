package dev.rekey.storage;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A table of Azure Storage. It is made when the first row is stored. Thread-safe.
 *
 * <p>Every call ends within 30 seconds. An ETag that it returns belongs to the text that is
 * returned or was written with it: where another has overwritten a row before its ETag could be
 * read, the ETag is one that never matches, and the next write from it is a conflict.
 */
public final class AzureTable implements Table {
  private final AzureRows rows;
  private final Supplier<String> writeIds;

  /**
   * A table on the identity's own rights; nothing is sent yet.
   *
   * @param tableEndpoint such as {@code https://ACCOUNT.table.core.windows.net}
   * @param tableName 3 to 63 letters and digits
   * @param credential needs the role Storage Table Data Contributor
   */
  public static AzureTable open(
      URI tableEndpoint, String tableName, TokenCredential credential, HttpClient http) {
    return open(tableEndpoint, tableName, credential, http, () -> UUID.randomUUID().toString());
  }

  /**
   * The same with ids of our own.
   *
   * @param writeIds a new id for each transaction, which no other has, in any process
   */
  static AzureTable open(
      URI tableEndpoint,
      String tableName,
      TokenCredential credential,
      HttpClient http,
      Supplier<String> writeIds) {
    Clock clock = Clock.systemUTC();
    StorageFaults faults = new StorageFaults(tableEndpoint, StorageService.TABLES, clock);
    return new AzureTable(
        new AzureRows(
            tableEndpoint, tableName, StoragePipeline.to(credential, http, clock), faults),
        writeIds);
  }

  private AzureTable(AzureRows rows, Supplier<String> writeIds) {
    this.rows = rows;
    this.writeIds = writeIds;
  }

  @Override
  public Optional<Row> get(String partition, String rowKey) {
    return rows.get(partition, rowKey);
  }

  @Override
  public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
    return rows.list(partition, rowKeyPrefix);
  }

  @Override
  public List<String> keysByPrefix(String partition, String rowKeyPrefix) {
    return rows.keys(partition, rowKeyPrefix);
  }

  @Override
  public List<Row> transact(String partition, List<Write> writes) {
    TableLimits.checkTransaction(partition, writes);
    return new AzureTransaction(rows, partition, List.copyOf(writes), writeIds.get()).carryOut();
  }
}
