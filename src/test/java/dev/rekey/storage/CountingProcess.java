package dev.rekey.storage;

import dev.rekey.service.port.Conflict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Counts up in a table, in a process of its own: a counter and its twin, always changed together.
 */
final class CountingProcess {
  private CountingProcess() {}

  static Process start(Path folder, int times) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            CountingProcess.class.getName(),
            folder.toString(),
            String.valueOf(times))
        .inheritIO()
        .start();
  }

  public static void main(String[] arguments) {
    count(FolderTable.open(Path.of(arguments[0])), Integer.parseInt(arguments[1]));
  }

  static void count(Table table, int times) {
    int counted = 0;
    while (counted < times) {
      if (countOnce(table)) {
        counted++;
      }
    }
  }

  private static boolean countOnce(Table table) {
    Row counter = table.get("cluster", "counter").orElseThrow();
    String next = String.valueOf(Integer.parseInt(counter.text()) + 1);
    try {
      table.transact(
          "cluster",
          List.of(new Write.Replace("counter", next, counter.etag()), new Write.Put("twin", next)));
      return true;
    } catch (Conflict someoneElseCounted) {
      return false;
    }
  }
}
