package dev.rekey.testbed.functionshost;

import dev.rekey.testbed.functionshost.worker.Calls;
import dev.rekey.testbed.functionshost.worker.TriggerInput;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Runs timers on their schedule, never two runs of one timer at once. */
final class TimerTriggers {
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
  private final AppSettings settings;
  private final Calls calls;

  TimerTriggers(AppSettings settings, Calls calls) {
    this.settings = settings;
    this.calls = calls;
  }

  void start(PackagedFunction function) {
    awaitNext(function, Ncrontab.parse(settings.resolve(function.trigger().text("schedule"))));
  }

  private void awaitNext(PackagedFunction function, Ncrontab schedule) {
    Instant now = Instant.now();
    threads.schedule(
        () -> {
          String reason = "Timer fired at " + Instant.now();
          calls.run(function, reason, new TriggerInput(TimerText.at(Instant.now()), Map.of()));
          awaitNext(function, schedule);
        },
        Duration.between(now, schedule.next(now)).toMillis() + 1,
        TimeUnit.MILLISECONDS);
  }
}
