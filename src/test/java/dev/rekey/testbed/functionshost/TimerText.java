package dev.rekey.testbed.functionshost;

import java.time.Instant;

/** What a timer's function gets: the host's description of the timer. */
public final class TimerText {
  private TimerText() {}

  public static String at(Instant now) {
    return """
        {"Schedule":{"AdjustForDST":true},\
        "ScheduleStatus":{"Last":"0001-01-01T00:00:00+00:00","LastUpdated":"%s","Next":"%s"},\
        "IsPastDue":false}"""
        .formatted(now, now);
  }
}
