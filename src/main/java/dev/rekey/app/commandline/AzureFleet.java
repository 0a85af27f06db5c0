package dev.rekey.app.commandline;

import dev.rekey.aks.ArmClusters;
import dev.rekey.service.Conduct;
import dev.rekey.service.KeysReport;
import dev.rekey.service.Ports;
import dev.rekey.service.ReportKeys;
import dev.rekey.storage.FolderTable;
import dev.rekey.storage.TableRecords;
import java.nio.file.Path;
import java.util.List;

/**
 * Many clusters at once, for somebody who wants to know: real Azure, records in a folder. No API
 * server is asked, and nothing is changed.
 */
public final class AzureFleet {
  private AzureFleet() {}

  /**
   * How the keys of all clusters in scopes stand, by what the records in the folder know of them.
   *
   * @param scopes ARM ids of subscriptions, resource groups or clusters
   * @param records the folder that records are kept in; made if it isn't there
   */
  public static KeysReport keys(List<String> scopes, Path records, AzureRekey.Around around) {
    ArmClusters arm = around.azure().clusters(scopes);
    Ports ports =
        new Ports(
            arm,
            arm.surroundings(),
            around.azure().vault(),
            cluster -> {
              throw onlyLooks();
            },
            new TableRecords(FolderTable.open(records)),
            (message, delay) -> {
              throw onlyLooks();
            },
            (signal, reason) -> {},
            last -> {
              throw onlyLooks();
            },
            around.clock());
    return new ReportKeys(ports, Conduct.auto(around.azure().cloud())).report();
  }

  private static IllegalStateException onlyLooks() {
    return new IllegalStateException("a report begins nothing");
  }
}
