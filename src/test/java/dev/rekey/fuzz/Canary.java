package dev.rekey.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.AbstractStringAssert;

/**
 * Stands in the seeds wherever a message could quote what was read. Its last character is none that
 * a name of a policy, of a right or of an error code has: those may be repeated.
 */
public final class Canary {
  public static final String TEXT = "c4n4ry!";

  private Canary() {}

  /** Nothing that is shown of a failure quotes what was read: not even what led to it. */
  public static void notIn(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      notIn(String.valueOf(each.getMessage()));
      for (Throwable suppressed : each.getSuppressed()) {
        notIn(suppressed);
      }
    }
  }

  public static AbstractStringAssert<?> notIn(String shown) {
    return assertThat(shown).doesNotContainIgnoringCase(TEXT);
  }
}
