package dev.rekey.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All clients in turns, round after round, so that whatever else the machine does meets each of
 * them alike.
 */
final class Contest {
  static final List<Client> CLIENTS =
      List.of(
          new KubectlReplace(),
          new LoadGenerator(),
          RekeyReencrypt.fixed(),
          RekeyReencrypt.paced(),
          new StorageVersionMigration());

  private final Turn turn;
  private final String where;
  private final Map<String, List<Figures>> runs = new LinkedHashMap<>();

  /**
   * @param where for the lines that tell of progress
   */
  Contest(Turn turn, String where) {
    this.turn = turn;
    this.where = where;
  }

  /** A round that doesn't count: files are read and code is met for the first time. */
  void warmUp(Settings settings) {
    for (Client client : CLIENTS) {
      if (settings.includes(client)) {
        tell("warm-up", client, turn.of(client));
      }
    }
  }

  void round(int number, Settings settings) {
    for (Client client : CLIENTS) {
      if (settings.includes(client)) {
        Map<String, Figures> figures = turn.of(client);
        tell("round " + number, client, figures);
        figures.forEach(
            (phase, each) -> runs.computeIfAbsent(phase, name -> new ArrayList<>()).add(each));
      }
    }
  }

  private void tell(String when, Client client, Map<String, Figures> figures) {
    StringBuilder rates = new StringBuilder();
    figures.forEach(
        (phase, each) -> rates.append("  %s %.0f/s".formatted(phase, each.get(Figures.RATE))));
    System.err.printf("benchmark: %s, %s, %s:%s%n", where, when, client.name(), rates);
  }

  /** The runs of each phase, by its name, in order. */
  Map<String, List<Figures>> runs() {
    return runs;
  }

  Map<String, Figures> medians() {
    Map<String, Figures> medians = new LinkedHashMap<>();
    runs.forEach((phase, figures) -> medians.put(phase, Figures.median(figures)));
    return medians;
  }
}
