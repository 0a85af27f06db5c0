package dev.rekey.storage;

import dev.rekey.testbed.azurite.Azurite;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class AzureExceptionRowsIT extends ExceptionRowsContract {
  private static Azurite azurite;

  @BeforeAll
  static void start() {
    azurite = Azurite.start();
  }

  @AfterAll
  static void stop() {
    azurite.close();
  }

  @Override
  TableRecords records() {
    String name = "T" + UUID.randomUUID().toString().replace("-", "");
    return new TableRecords(
        AzureTable.open(azurite.tables(), name, azurite.credential(), azurite.transport()));
  }
}
