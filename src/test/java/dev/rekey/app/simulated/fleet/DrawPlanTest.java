package dev.rekey.app.simulated.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DrawPlanTest {
  private static final FleetShape YEAR = new FleetShape(50, 365, 11);
  private static final YearPlan PLAN = new DrawPlan(YEAR, EnumSet.allOf(ErrorKind.class)).draw();

  @Test
  void eachKeyGetsTwoToTwelveVersions() {
    Map<Integer, Long> versions =
        PLAN.versions().stream()
            .collect(Collectors.groupingBy(YearPlan.NewVersion::key, Collectors.counting()));

    assertThat(versions).hasSize(8);
    assertThat(versions.values()).allMatch(many -> many >= 2 && many <= 12);
  }

  @Test
  void eachKindOfErrorHappensEachMonthAndIsPutRightWithinTenDays() {
    for (ErrorKind kind : ErrorKind.values()) {
      Set<YearMonth> months =
          PLAN.errors().stream()
              .filter(error -> error.kind() == kind)
              .map(error -> YearMonth.from(error.at().atZone(ZoneOffset.UTC)))
              .collect(Collectors.toSet());
      assertThat(months).as(kind.token()).hasSizeGreaterThanOrEqualTo(11);
    }
    assertThat(PLAN.errors())
        .allMatch(
            error ->
                Duration.between(error.at(), error.mendedAt()).compareTo(Duration.ofDays(10)) <= 0);
  }

  @Test
  void eachSystemIsAwayEachMonthForMinutesToADay() {
    for (Outage.Away away : Outage.Away.values()) {
      assertThat(PLAN.outages().stream().filter(outage -> outage.away() == away).count())
          .as(away.token())
          .isBetween(11L, 12L);
    }
    assertThat(PLAN.outages())
        .map(outage -> Duration.between(outage.from(), outage.until()))
        .allMatch(
            lasted ->
                lasted.compareTo(Duration.ofMinutes(3)) >= 0
                    && lasted.compareTo(Duration.ofDays(1)) <= 0);
  }

  @Test
  void lastTenDaysAreQuiet() {
    assertThat(PLAN.versions()).allMatch(version -> version.at().isBefore(YEAR.quietFrom()));
    assertThat(PLAN.errors()).allMatch(error -> error.mendedAt().isBefore(YEAR.quietFrom()));
    assertThat(PLAN.outages()).allMatch(outage -> outage.until().isBefore(YEAR.quietFrom()));
    assertThat(PLAN.errands()).allMatch(errand -> errand.at().isBefore(YEAR.quietFrom()));
  }

  @Test
  void kindsThatAreLeftOutDoNotHappen_andTheOthersAreTheSame() {
    YearPlan fewer = new DrawPlan(YEAR, EnumSet.of(ErrorKind.KEY_DELETED)).draw();

    assertThat(fewer.errors())
        .isEqualTo(
            PLAN.errors().stream().filter(error -> error.kind() == ErrorKind.KEY_DELETED).toList());
    assertThat(fewer.outages()).isEqualTo(PLAN.outages());
  }
}
