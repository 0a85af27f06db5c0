package dev.rekey.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.simulation.fault.FaultPlan;
import dev.rekey.simulation.fault.RandomFaults;
import dev.rekey.simulation.fault.SmallestPlan;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Worlds of any shape in which anything goes wrong, several things at once. */
@Timeout(value = 12, unit = TimeUnit.HOURS)
class RandomWorldsTest {
  private static final int WORLDS = Integer.getInteger("reliability.worlds", 10_000);
  private static final long FIRST = Long.getLong("reliability.first", 1);

  @Test
  void whateverGoesWrong_onceItIsOverAllIsProvedAndNoPromiseWasBroken() {
    long begun = System.nanoTime();

    List<Trouble> troubles =
        LongStream.range(FIRST, FIRST + WORLDS)
            .parallel()
            .boxed()
            .flatMap(seed -> trouble(seed).stream())
            .toList();

    Report.say(
        "worlds with the seeds %,d to %,d, %d s, %d broke a promise",
        FIRST, FIRST + WORLDS - 1, (System.nanoTime() - begun) / 1_000_000_000, troubles.size());
    Report.add("worlds", WORLDS, troubles.size());
    assertThat(troubles).isEmpty();
  }

  private static Optional<Trouble> trouble(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Shape shape = shape(seed, random);
    RandomFaults faults =
        new RandomFaults(random.split(), 1 + random.nextInt(12), 1 + random.nextInt(120));
    Course.Outcome outcome = Course.of(Setup.of(shape).facing(faults));
    return outcome.violations().isEmpty()
        ? Optional.empty()
        : Optional.of(smallest(shape, faults.happened()));
  }

  private static Shape shape(long seed, SplittableRandom random) {
    Scenario[] all = Scenario.values();
    return new Shape(
        all[random.nextInt(all.length)],
        seed,
        random.nextInt(random.nextInt(4) == 0 ? 25 : 10),
        1 + random.nextInt(5),
        1 + random.nextInt(3),
        random.nextInt(4) == 0);
  }

  private static Trouble smallest(Shape shape, FaultPlan plan) {
    FaultPlan smallest =
        SmallestPlan.of(
            plan, fewer -> !Course.of(Setup.of(shape).facing(fewer)).violations().isEmpty());
    return new Trouble(shape, smallest, Course.of(Setup.of(shape).facing(smallest)).violations());
  }
}
