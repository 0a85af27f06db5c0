package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.fleet.MaintenanceConfiguration;
import dev.rekey.fleet.Recurrence;
import dev.rekey.fleet.Window;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;

/**
 * A maintenance configuration with a weekly window.
 *
 * @param name such as {@code default}
 * @param hours how long the window is
 * @param offset what its times and dates are meant in
 * @param start the first day on which it counts
 */
public record Maintenance(
    String name, DayOfWeek day, LocalTime from, int hours, ZoneOffset offset, LocalDate start) {
  private static final JsonMapper JSON = new JsonMapper();

  /** Every week, in UTC, as of 2023. */
  public static Maintenance weekly(String name, DayOfWeek day, LocalTime from, int hours) {
    return new Maintenance(name, day, from, hours, ZoneOffset.UTC, LocalDate.of(2023, 1, 1));
  }

  /** As the port shows it. */
  MaintenanceConfiguration configuration() {
    Recurrence weekly = new Recurrence.EveryWeeks(1, day, start);
    Window.Hours open = new Window.Hours(weekly, from, Duration.ofHours(hours), offset);
    Window.Span before = new Window.Span(Instant.EPOCH, start.atStartOfDay().toInstant(offset));
    return new MaintenanceConfiguration(name, new Window(List.of(open), List.of(before)));
  }

  /**
   * As ARM shows it, with members that no model knows.
   *
   * @param cluster the cluster's ARM id
   */
  ObjectNode body(String cluster) {
    ObjectNode body =
        JSON.createObjectNode()
            .put("id", cluster + "/maintenanceConfigurations/" + name)
            .put("name", name)
            .put("unknownToModels", "kept");
    ObjectNode window = body.putObject("properties").putObject("maintenanceWindow");
    window
        .putObject("schedule")
        .putNull("daily")
        .putObject("weekly")
        .put("intervalWeeks", 1)
        .put("dayOfWeek", day.getDisplayName(TextStyle.FULL, Locale.ENGLISH));
    window
        .put("durationHours", hours)
        .put("utcOffset", offset.equals(ZoneOffset.UTC) ? "+00:00" : offset.getId())
        .put("startDate", start.toString())
        .put("startTime", from.toString());
    return body;
  }
}
