package dev.rekey.aks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.rekey.fleet.Window;
import dev.rekey.service.port.OutsideFault;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Properties of maintenance configurations, in the forms that the API documents. */
class MaintenanceViewTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SCHEDULED =
      "{\"maintenanceWindow\":{\"schedule\":%s,\"durationHours\":4,\"startTime\":\"22:00\"%s}}";

  @ParameterizedTest
  @CsvSource({
    "2026-03-06T12:00:00Z, 2026-03-09T01:00:00Z",
    "2026-03-09T02:59:59Z, 2026-03-09T02:59:59Z",
    "2026-03-09T03:00:00Z, 2026-03-16T01:00:00Z",
    "2020-11-30T01:30:00Z, 2020-12-07T01:00:00Z"
  })
  void hoursOfTheWeek_areOfUtcAndNotInTheTimeThatIsNotAllowed(Instant at, Instant opens) {
    Window window =
        window(
            """
            {"timeInWeek":[{"day":"Monday","hourSlots":[1,2]}],
             "notAllowedTime":[{"start":"2020-11-26T03:00:00Z","end":"2020-11-30T12:00:00Z"}]}
            """);

    assertThat(window.openFrom(at)).contains(opens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"daily\":{\"intervalDays\":5}} | , \"startDate\":\"2023-01-01\" | 2023-01-02T03:00:00Z | 2023-01-06T22:00:00Z",
        "{\"weekly\":{\"intervalWeeks\":1,\"dayOfWeek\":\"Saturday\"}} | | 2026-03-06T12:00:00Z | 2026-03-07T22:00:00Z",
        "{\"weekly\":{\"intervalWeeks\":1,\"dayOfWeek\":\"Saturday\"},\"daily\":null} | ,\"utcOffset\":\"+05:30\" | 2026-03-06T12:00:00Z | 2026-03-07T16:30:00Z",
        "{\"weekly\":{\"intervalWeeks\":2,\"dayOfWeek\":\"Friday\"}} | ,\"startDate\":\"2026-03-02\" | 2026-03-07T02:00:00Z | 2026-03-20T22:00:00Z",
        "{\"absoluteMonthly\":{\"intervalMonths\":3,\"dayOfMonth\":15}} | ,\"startDate\":\"2023-01-01\" | 2026-03-06T12:00:00Z | 2026-04-15T22:00:00Z",
        "{\"relativeMonthly\":{\"intervalMonths\":1,\"weekIndex\":\"First\",\"dayOfWeek\":\"Monday\"}} | | 2026-03-06T12:00:00Z | 2026-04-06T22:00:00Z",
        "{\"relativeMonthly\":{\"intervalMonths\":1,\"weekIndex\":\"Last\",\"dayOfWeek\":\"Sunday\"}} | | 2026-03-06T12:00:00Z | 2026-03-29T22:00:00Z"
      })
  void schedules_openAsTheySay(String schedule, String more, Instant at, Instant opens) {
    Window window = window(SCHEDULED.formatted(schedule, more == null ? "" : more));

    assertThat(window.openFrom(at)).contains(opens);
    assertThat(window.isOpen(opens.plusSeconds(4 * 3600 - 1))).isTrue();
    assertThat(window.isOpen(opens.plusSeconds(4 * 3600))).isFalse();
  }

  @Test
  void beforeItsStart_itIsClosed() {
    String daily = "{\"daily\":{\"intervalDays\":1}}";
    Window window = window(SCHEDULED.formatted(daily, ",\"startDate\":\"2026-04-01\""));

    assertThat(window.openFrom(Instant.parse("2026-03-06T23:00:00Z")))
        .contains(Instant.parse("2026-04-01T00:00:00Z")); // what began the evening before
  }

  /** As documented: both dates are meant whole, in the window's own offset. */
  @Test
  void datesThatAreNotAllowed_areClosedToTheirEnd() {
    String daily = "{\"daily\":{\"intervalDays\":1}}";
    String dates =
        ",\"utcOffset\":\"+02:00\",\"startDate\":\"2022-01-01\",\"notAllowedDates\":"
            + "[{\"start\":\"2022-12-23\",\"end\":\"2023-01-03\"}]";
    Window window = window(SCHEDULED.formatted(daily, dates));

    assertThat(window.isOpen(Instant.parse("2022-12-22T21:59:59Z"))).isTrue();
    assertThat(window.openFrom(Instant.parse("2022-12-22T22:00:00Z")))
        .contains(Instant.parse("2023-01-03T22:00:00Z"));
  }

  @Test
  void nothingButTimeThatIsNotAllowed_isOpenOtherwise() {
    Window window =
        window(
            "{\"notAllowedTime\":[{\"start\":\"2026-03-01T00:00:00Z\",\"end\":\"2026-03-02T00:00:00Z\"}]}");

    assertThat(window.isOpen(Instant.parse("2026-02-01T00:00:00Z"))).isTrue();
    assertThat(window.isOpen(Instant.parse("2026-03-01T12:00:00Z"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"maintenanceWindow\":{}}",
        "{\"maintenanceWindow\":\"always\"}",
        "{\"timeInWeek\":[]}",
        "{\"timeInWeek\":[{\"day\":\"Funday\",\"hourSlots\":[1]}]}",
        "{\"timeInWeek\":[{\"day\":\"Monday\",\"hourSlots\":[24]}]}",
        "{\"timeInWeek\":[{\"day\":\"Monday\",\"hourSlots\":[\"1\"]}]}",
        "{\"timeInWeek\":{\"day\":\"Monday\"}}",
        "{\"notAllowedTime\":[{\"start\":\"2026-03-01T00:00:00Z\"}]}",
        "{\"notAllowedTime\":[{\"start\":\"2026-03-03T00:00:00Z\",\"end\":\"2026-03-02T00:00:00Z\"}]}",
        "{\"notAllowedTime\":[{\"start\":\"+999999999-03-01T00:00:00Z\",\"end\":\"2026-03-02T00:00:00Z\"}]}"
      })
  void anotherForm_isMalformedAndNeverOpen(String properties) {
    assertThat(fault(properties).kind()).isEqualTo(OutsideFault.Kind.MALFORMED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"hourly\":{\"intervalHours\":1}} | ''",
        "{\"daily\":{\"intervalDays\":1},\"weekly\":{\"intervalWeeks\":1,\"dayOfWeek\":\"Monday\"}} | ''",
        "{\"daily\":{\"intervalDays\":0}} | ''",
        "{\"daily\":{\"intervalDays\":2}} | ''",
        "{\"daily\":{\"intervalDays\":1}} | ,\"utcOffset\":\"Berlin\"",
        "{\"daily\":{\"intervalDays\":1}} | ,\"startDate\":\"soon\"",
        "{\"daily\":{\"intervalDays\":1}} | ,\"startDate\":\"0001-01-01\"",
        "{\"daily\":{\"intervalDays\":1}} | ,\"notAllowedDates\":[{\"start\":\"2026-01-01\"}]",
        "{\"relativeMonthly\":{\"intervalMonths\":1,\"weekIndex\":\"Fifth\",\"dayOfWeek\":\"Monday\"}} | ''"
      })
  void scheduleOfAnotherForm_isMalformed(String schedule, String more) {
    OutsideFault fault = fault(SCHEDULED.formatted(schedule, more));

    assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.MALFORMED);
    assertThat(fault).hasMessageContaining("set the tag rekey-window instead");
  }

  private static OutsideFault fault(String properties) {
    return catchThrowableOfType(OutsideFault.class, () -> window(properties));
  }

  private static Window window(String properties) {
    return new MaintenanceView("read it").window(json(properties));
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException mistake) {
      throw new IllegalArgumentException(text, mistake);
    }
  }
}
