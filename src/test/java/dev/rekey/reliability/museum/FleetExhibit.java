package dev.rekey.reliability.museum;

import dev.rekey.app.simulated.Setup.Tampering;
import dev.rekey.reliability.TwelveClusters;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * An accident of several clusters that share a key.
 *
 * @param course what is played
 * @param told how the table calls that
 */
record FleetExhibit(
    String accident,
    String source,
    String promise,
    Tampering tampering,
    Function<Tampering, TwelveClusters.Outcome> course,
    String told)
    implements Showpiece {

  @Override
  public Optional<Found> found() {
    List<String> violations = course.apply(tampering).violations();
    return violations.stream().anyMatch(violation -> violation.startsWith(promise))
        ? Optional.of(new Found(0, violations))
        : Optional.empty();
  }

  @Override
  public List<String> brokenWithoutIt(int world) {
    return course.apply(Tampering.NONE).violations();
  }

  @Override
  public String row(Found found) {
    return "| " + accident + " | " + source + " | " + told + " | " + promise + " |";
  }

  @Override
  public String toString() {
    return accident;
  }
}
