package dev.rekey.app.simulated.fleet;

import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The log of a year: a page, some lines for each month. */
final class YearLog {
  private static final int WIDTH = 200;
  private static final String INDENT = " ".repeat(9);

  private final InstantSource time;
  private final Map<YearMonth, Month> months = new TreeMap<>();

  /** What happened in a month. */
  private static final class Month {
    private final Map<Kind, Integer> completed = new EnumMap<>(Kind.class);
    private final Map<String, Integer> stalls = new TreeMap<>();
    private final List<String> errors = new ArrayList<>();
    private final List<String> outages = new ArrayList<>();
    private int versions;
    private int events;
  }

  YearLog(InstantSource time) {
    this.time = time;
  }

  private Month now() {
    return at(time.instant());
  }

  private Month at(Instant when) {
    return months.computeIfAbsent(
        YearMonth.from(when.atZone(ZoneOffset.UTC)), unused -> new Month());
  }

  void completed(Kind kind) {
    now().completed.merge(kind, 1, Integer::sum);
  }

  void stalled(Operation operation, Reason reason) {
    now().stalls.merge(operation.kind().token() + " " + reason.token(), 1, Integer::sum);
  }

  void versionMade() {
    now().versions++;
  }

  void event() {
    now().events++;
  }

  void error(HumanError error, FleetMember member) {
    ZonedDateTime at = error.at().atZone(ZoneOffset.UTC);
    Duration lasted = Duration.between(error.at(), error.mendedAt());
    at(error.at())
        .errors
        .add(
            "%s %02d (%d., %s)"
                .formatted(error.kind().token(), member.number, at.getDayOfMonth(), rough(lasted)));
  }

  void outage(Outage outage) {
    ZonedDateTime at = outage.from().atZone(ZoneOffset.UTC);
    Duration lasted = Duration.between(outage.from(), outage.until());
    at(outage.from())
        .outages
        .add("%s (%d., %s)".formatted(outage.away().token(), at.getDayOfMonth(), rough(lasted)));
  }

  /** Such as {@code 12m}, {@code 5h}, {@code 8d}. */
  private static String rough(Duration lasted) {
    if (lasted.toHours() < 1) {
      return lasted.toMinutes() + "m";
    }
    return lasted.toDays() < 2 ? lasted.toHours() + "h" : lasted.toDays() + "d";
  }

  int rotations() {
    return months.values().stream()
        .mapToInt(month -> month.completed.getOrDefault(Kind.ROTATE, 0))
        .sum();
  }

  int events() {
    return months.values().stream().mapToInt(month -> month.events).sum();
  }

  /** As text, with the alerts that were raised. */
  List<String> lines(FleetSignals signals) {
    List<String> lines = new ArrayList<>();
    months.forEach(
        (name, month) -> {
          lines.add(name + "  " + month.versions + " new versions; completed: " + tally(month));
          add(lines, "errors   ", month.errors);
          add(lines, "trouble  ", trouble(month));
          add(lines, "alerted  ", counted(signals.raised(name)));
        });
    return lines;
  }

  private static List<String> trouble(Month month) {
    List<String> all = new ArrayList<>();
    month.outages.forEach(outage -> all.add(outage + " away"));
    counted(month.stalls).forEach(stalled -> all.add(stalled + " stalled"));
    return all;
  }

  private static String tally(Month month) {
    return month.completed.entrySet().stream()
        .map(each -> each.getValue() + " " + each.getKey().token())
        .collect(Collectors.joining(", "));
  }

  private static List<String> counted(Map<String, Integer> counts) {
    return counts.entrySet().stream().map(each -> each.getKey() + " ×" + each.getValue()).toList();
  }

  private static void add(List<String> lines, String what, List<String> items) {
    StringBuilder line = new StringBuilder(INDENT).append(what);
    for (int number = 0; number < items.size(); number++) {
      String item = items.get(number) + (number + 1 < items.size() ? ", " : "");
      if (line.length() + item.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line = new StringBuilder(INDENT).append(INDENT);
      }
      line.append(item);
    }
    if (!items.isEmpty()) {
      lines.add(line.toString());
    }
  }
}
