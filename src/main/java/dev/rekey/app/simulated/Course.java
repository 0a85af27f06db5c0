package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.simulation.fault.OutsideCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One run of a simulated world from its beginning until nothing more happens. */
public final class Course {
  /** Everything that waits looks again within an hour, and a stall is over a few looks later. */
  private static final Duration PATIENCE = Duration.ofHours(18);

  /** Where others have taken over, nothing is expected but that no promise is broken. */
  private static final Duration PATIENCE_WITH_OTHERS = Duration.ofHours(4);

  /**
   * Ticks of the timer that may pass until the goal is reached, when nothing else goes on; one at
   * which a call went wrong has perhaps not seen what there is to do.
   */
  private static final int MOST_QUIET_TICKS = 40;

  /** Messages and ticks: a world that takes more than some thousands has got into a loop. */
  private static final int MOST_STEPS = 50_000;

  private final SimulatedWorld world;
  private final Violations violations = new Violations();
  private final SecretOracle secrets;
  private final List<Oracle> oracles;

  /**
   * What a run came to.
   *
   * @param calls calls to the outside
   * @param violations the promises that were broken
   * @param effects what it changed outside
   * @param end what there was when nothing more happened
   */
  public record Outcome(int calls, List<String> violations, Effects effects, End end) {
    public Outcome {
      violations = List.copyOf(violations);
    }
  }

  /**
   * What a run changed outside.
   *
   * @param writes Secrets rewritten
   * @param updates updates that ARM accepted
   * @param versions key versions made by us
   */
  public record Effects(int writes, int updates, int versions) {}

  /**
   * What a run has led to.
   *
   * @param onNewest whether ARM shows the newest version
   * @param underNewest Secrets under that version; plain ones where KMS is off
   * @param secrets all Secrets
   * @param contents stands for what is in them
   * @param exceptions Secrets that the last evidence names as not rewritten
   */
  public record End(
      boolean onNewest, long underNewest, int secrets, int contents, long exceptions) {}

  private Course(Setup setup) {
    List<Oracle> watching = new ArrayList<>();
    Consumer<OutsideCalls.Observed> both =
        observed -> {
          setup.watcher().accept(observed);
          watching.forEach(oracle -> oracle.beforeCall(observed));
        };
    world = new SimulatedWorld(setup.watched(both));
    secrets = new SecretOracle(world, violations);
    oracles =
        List.of(
            new KeyOracle(world, violations),
            new UpgradeOracle(world, violations),
            new ExpiryOracle(world, violations),
            new AlertOracle(world, violations),
            new LedgerOracle(world, violations),
            new VerdictOracle(world, violations),
            secrets,
            new RecordOracle(world, violations),
            new MessageOracle(world, violations),
            new EndOracle(world, violations));
    watching.addAll(oracles);
  }

  /** Runs a world; the same setup gives the same log. */
  public static Outcome of(Setup setup) {
    return new Course(setup).run();
  }

  private Outcome run() {
    world.afterEachStep(() -> oracles.forEach(Oracle::afterStep));
    world.begin();
    Instant begun = world.time.instant();
    int quiet = 0;
    int steps = 0;
    while (steps++ < MOST_STEPS
        && quiet < MOST_QUIET_TICKS
        && world.time.instant().isBefore(begun.plus(patience()))) {
      int faults = world.happened.count();
      world.step();
      boolean nothingHappened = world.isAtRest() && world.happened.count() == faults;
      quiet = nothingHappened ? quiet + (world.isGoalReached() ? MOST_QUIET_TICKS / 2 : 1) : 0;
    }
    violations.check(steps < MOST_STEPS, "P5", "it goes on and on");
    oracles.forEach(Oracle::atTheEnd);
    world.host.mistakes().forEach(mistake -> violations.add("T2", mistake));
    return new Outcome(world.calls.count(), violations.found(), effects(), end());
  }

  private End end() {
    KeyId newest = world.keys.newest();
    boolean on = world.keys.isOn();
    return new End(
        on && world.keys.shown().equals(newest),
        on ? world.envelopes.under(newest.url()) : world.cluster.oracle().plain(),
        world.cluster.oracle().count(),
        secrets.contents(),
        world.lastEvidence().map(SimulatedWorld::exceptions).orElse(0L));
  }

  private Duration patience() {
    return world.disturbances().haveTakenOver() ? PATIENCE_WITH_OTHERS : PATIENCE;
  }

  private Effects effects() {
    return new Effects(
        secrets.writes(), world.arm.acceptedUpdates().size(), world.vault.calls().rotations());
  }
}
