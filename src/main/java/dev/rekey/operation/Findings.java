package dev.rekey.operation;

import dev.rekey.key.Restoration;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.QuietReading;
import dev.rekey.reencryption.Search;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an operation has found out besides its passes.
 *
 * @param objects whether a census is to name single Secrets, not only namespaces
 * @param quiet what others read around the count of a census; null before
 * @param search where Secrets lie under another key; null before
 * @param estimate how long the rewrite was said to take; null before
 * @param concerns what the checks have warned of, or could not tell, before anything was changed
 * @param restorations what makes the key versions in the slots usable; none where they are
 * @param dropped what was seen of the key version that is to be brought back; null before, and
 *     where none is
 * @param foundReadable Secrets that were found readable before KMS v1 was turned off; null before,
 *     and where there is no KMS v1 to leave
 */
public record Findings(
    boolean objects,
    @Nullable QuietReading quiet,
    @Nullable Search search,
    @Nullable Estimate estimate,
    List<Concern> concerns,
    List<Restoration> restorations,
    @Nullable DroppedKey dropped,
    @Nullable Long foundReadable) {

  public Findings {
    concerns = List.copyOf(concerns);
    restorations = List.copyOf(restorations);
  }

  /** Nothing yet, and no more than namespaces wanted. */
  public static final Findings NONE =
      new Findings(false, null, null, null, List.of(), List.of(), null, null);

  /** Nothing yet, and single Secrets wanted. */
  public static final Findings OF_OBJECTS =
      new Findings(true, null, null, null, List.of(), List.of(), null, null);

  /** What the next rewrite will take is predicted anew. */
  Findings ofNextPhase() {
    return new Findings(
        objects, quiet, search, null, concerns, restorations, dropped, foundReadable);
  }

  public Findings with(QuietReading reading) {
    return new Findings(
        objects, reading, search, estimate, concerns, restorations, dropped, foundReadable);
  }

  public Findings with(Search step) {
    return new Findings(
        objects, quiet, step, estimate, concerns, restorations, dropped, foundReadable);
  }

  public Findings with(Estimate made) {
    return new Findings(
        objects, quiet, search, made, concerns, restorations, dropped, foundReadable);
  }

  /** What the checks have come to. */
  public Findings checked(List<Concern> found, List<Restoration> needed) {
    return new Findings(objects, quiet, search, estimate, found, needed, dropped, foundReadable);
  }

  public Findings with(DroppedKey seen) {
    return new Findings(
        objects, quiet, search, estimate, concerns, restorations, seen, foundReadable);
  }

  /** Before KMS v1 is turned off. */
  Findings withReadable(long secrets) {
    return new Findings(objects, quiet, search, estimate, concerns, restorations, dropped, secrets);
  }
}
