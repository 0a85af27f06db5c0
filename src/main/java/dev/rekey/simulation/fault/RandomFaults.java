package dev.rekey.simulation.fault;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Lets chance decide, and remembers what it decided, so that it can be played again. */
public final class RandomFaults implements FaultSource {
  private final RandomGenerator random;
  private final int most;
  private final int oneIn;
  private FaultPlan happened = FaultPlan.NONE;

  /**
   * @param random used by nobody else
   * @param most how many faults there are at most, so that a world comes to an end
   * @param oneIn at every how many calls one happens, about
   */
  public RandomFaults(RandomGenerator random, int most, int oneIn) {
    this.random = random;
    this.most = most;
    this.oneIn = oneIn;
  }

  @Override
  public Optional<Fault> at(OutsideCall call) {
    if (happened.faults().size() >= most || random.nextInt(oneIn) != 0) {
      return Optional.empty();
    }
    List<Fault> possible = Fault.possibleAt(call);
    Fault fault = possible.get(random.nextInt(possible.size()));
    happened = happened.with(call.number(), fault);
    return Optional.of(fault);
  }

  /** What has happened so far. */
  public FaultPlan happened() {
    return happened;
  }
}
