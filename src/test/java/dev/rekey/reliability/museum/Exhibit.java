package dev.rekey.reliability.museum;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Setup;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An accident that a defect of the engine would lead to.
 *
 * @param accident what goes wrong, in a few words
 * @param source where it has happened, or why it is feared
 * @param promise the promise that it breaks
 * @param tampering the defect
 * @param sweep the worlds that are played until it is found out
 */
record Exhibit(
    String accident, String source, String promise, Setup.Tampering tampering, List<Setup> sweep)
    implements Showpiece {

  @Override
  public String row(Found found) {
    Setup setup = sweep.get(found.world());
    String arrivals = setup.arrivals() == null ? "" : "an event of an older version";
    String faults = setup.faults().toString() + arrivals;
    return "| "
        + accident
        + " | "
        + source
        + " | `"
        + setup.shape().scenario().token()
        + "`, seed "
        + setup.shape().seed()
        + (faults.isEmpty() ? "" : ", " + faults)
        + (tampering.timer() ? "" : ", without the timer")
        + " | "
        + promise
        + " |";
  }

  @Override
  public Optional<Found> found() {
    for (int world = 0; world < sweep.size(); world++) {
      List<String> violations = Course.of(sweep.get(world).tampered(tampering)).violations();
      if (violations.stream().anyMatch(violation -> violation.startsWith(promise))) {
        return Optional.of(new Found(world, violations));
      }
    }
    return Optional.empty();
  }

  @Override
  public List<String> brokenWithoutIt(int world) {
    return sweep.subList(0, world + 1).stream()
        .flatMap(setup -> Stream.of(Course.of(setup).violations()))
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public String toString() {
    return accident;
  }
}
