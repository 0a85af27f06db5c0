package dev.rekey.operation.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * What a step decides in every situation that it tells apart. First the facts, each with all of its
 * values; then, behind an empty line, lines of values and what follows on them.
 *
 * <pre>
 * keyId: from to elsewhere
 * arm:   busy settled
 *
 * *         | busy    | wait 10s: cluster-busy
 * from to   | settled | done: converged
 * elsewhere | settled | never: why this can't occur
 * </pre>
 *
 * <p>Several values in a cell mean any of them, {@code *} any at all. Each combination of values
 * must be met by exactly one line, and each line must meet one.
 */
final class DecisionTable {
  private static final String NEVER = "never: ";

  /** More than these tell no more. */
  private static final int MOST_FAULTS = 20;

  private final Map<String, List<String>> facts = new LinkedHashMap<>();
  private final List<Line> lines = new ArrayList<>();

  /** One combination of values. */
  record Situation(Map<String, String> values) {
    String of(String fact) {
      return values.get(fact);
    }

    boolean is(String fact, String... oneOf) {
      return Arrays.asList(oneOf).contains(values.get(fact));
    }
  }

  private record Line(String text, List<Set<String>> cells, String outcome) {
    boolean meets(Situation situation) {
      Iterator<String> values = situation.values().values().iterator();
      for (Set<String> cell : cells) {
        if (!cell.contains(values.next())) {
          return false;
        }
      }
      return true;
    }
  }

  private DecisionTable() {}

  static DecisionTable of(String text) {
    DecisionTable table = new DecisionTable();
    String[] parts = text.split("\n\n", 2);
    for (String line : parts[0].lines().toList()) {
      String[] fact = line.split(":", 2);
      table.facts.put(fact[0].strip(), List.of(fact[1].strip().split("\\s+")));
    }
    parts[1].lines().filter(line -> !line.isBlank()).forEach(table::read);
    return table;
  }

  private void read(String line) {
    String[] cells = line.split("\\|");
    List<List<String>> known = List.copyOf(facts.values());
    assertThat(cells).as(line).hasSize(known.size() + 1);
    List<Set<String>> sets = new ArrayList<>();
    for (int column = 0; column < known.size(); column++) {
      String cell = cells[column].strip();
      List<String> named = cell.equals("*") ? known.get(column) : Arrays.asList(cell.split("\\s+"));
      assertThat(known.get(column)).as(line).containsAll(named);
      sets.add(new LinkedHashSet<>(named));
    }
    lines.add(new Line(line, sets, cells[known.size()].strip()));
  }

  /** How many combinations there are. */
  int size() {
    return facts.values().stream().mapToInt(List::size).reduce(1, Math::multiplyExact);
  }

  /** How many of them can occur. */
  int possible() {
    return (int) situations().stream().filter(one -> !isNever(outcomes(one))).count();
  }

  /** That each combination is decided as its one line says. */
  void assertDecides(Function<Situation, Decision> step) {
    List<String> faults = new ArrayList<>();
    Set<Line> unused = new LinkedHashSet<>(lines);
    for (Situation situation : situations()) {
      if (faults.size() == MOST_FAULTS) {
        break;
      }
      List<Line> met = lines.stream().filter(line -> line.meets(situation)).toList();
      met.forEach(unused::remove);
      if (met.size() != 1) {
        faults.add(situation.values() + " is met by " + met.size() + " lines");
      } else if (!isNever(met)) {
        String decision = Told.of(step.apply(situation));
        if (!decision.equals(met.get(0).outcome())) {
          faults.add(situation.values() + " leads to " + decision + ", not " + met.get(0).text());
        }
      }
    }
    if (faults.size() < MOST_FAULTS) {
      unused.forEach(line -> faults.add("meets nothing: " + line.text()));
    }
    assertThat(faults).as("of %d", size()).isEmpty();
  }

  /** Asserts something of the decision in every combination that can occur. */
  void forEach(Function<Situation, Decision> step, BiConsumer<Situation, Decision> assertion) {
    situations().stream()
        .filter(one -> !isNever(outcomes(one)))
        .forEach(one -> assertion.accept(one, step.apply(one)));
  }

  private List<Line> outcomes(Situation situation) {
    return lines.stream().filter(line -> line.meets(situation)).toList();
  }

  private static boolean isNever(List<Line> met) {
    return met.size() == 1 && met.get(0).outcome().startsWith(NEVER);
  }

  private List<Situation> situations() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> fact : facts.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> one : all) {
        for (String value : fact.getValue()) {
          Map<String, String> more = new LinkedHashMap<>(one);
          more.put(fact.getKey(), value);
          longer.add(more);
        }
      }
      all = longer;
    }
    return all.stream().map(Situation::new).toList();
  }
}
