package dev.rekey.operation;

import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.QuietReading;
import dev.rekey.reencryption.Search;
import org.jspecify.annotations.Nullable;

/**
 * What an operation has found out besides its passes.
 *
 * @param objects whether a census is to name single Secrets, not only namespaces
 * @param quiet what others read around the count of a census; null before
 * @param search where Secrets lie under another key; null before
 * @param estimate how long the rewrite was said to take; null before
 */
public record Findings(
    boolean objects,
    @Nullable QuietReading quiet,
    @Nullable Search search,
    @Nullable Estimate estimate) {

  /** Nothing yet, and no more than namespaces wanted. */
  public static final Findings NONE = new Findings(false, null, null, null);

  /** Nothing yet, and single Secrets wanted. */
  public static final Findings OF_OBJECTS = new Findings(true, null, null, null);

  /** What the next rewrite will take is predicted anew. */
  Findings ofNextPhase() {
    return new Findings(objects, quiet, search, null);
  }

  public Findings with(QuietReading reading) {
    return new Findings(objects, reading, search, estimate);
  }

  public Findings with(Search step) {
    return new Findings(objects, quiet, step, estimate);
  }

  public Findings with(Estimate made) {
    return new Findings(objects, quiet, search, made);
  }
}
