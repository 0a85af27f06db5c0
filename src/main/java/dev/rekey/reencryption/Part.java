package dev.rekey.reencryption;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the Secrets that a {@link Search} has still to look into.
 *
 * @param depth how often the whole was halved to come to it
 * @param atMost at most how many of its Secrets lie under another key, as far as known before it is
 *     read
 * @param reading what was read of it so far; null before its first reading
 * @param readings how often it was read
 * @param voided how often in a row a reading came to nothing
 */
public record Part(
    Scope scope, int depth, long atMost, @Nullable Reading reading, int readings, int voided) {

  static Part unread(Scope scope, int depth, long atMost) {
    return new Part(scope, depth, atMost, null, 0, 0);
  }

  Part read(Scope listed, Reading more) {
    Reading both = reading == null ? more : reading.and(more);
    return new Part(listed, depth, atMost, both, readings + 1, 0);
  }

  Part voidedOnce() {
    return new Part(scope, depth, atMost, reading, readings, voided + 1);
  }

  /** With fewer left to it: so many were found in its other half. */
  Part less(long found) {
    return new Part(scope, depth, atMost - found, reading, readings, voided);
  }

  /** Whether another part is the second half of what this is the first half of. */
  boolean isFirstHalfBeside(Part other) {
    return depth == other.depth && scope.isFollowedBy(other.scope);
  }

  /** Its halves, the first one first; empty where it can't be halved. */
  List<Part> halves(long foreign) {
    Extent extent = scope.extent();
    String middle = extent == null ? null : extent.middle();
    return middle == null
        ? List.of()
        : List.of(
            unread(scope.before(middle), depth + 1, foreign),
            unread(scope.startingAt(middle), depth + 1, foreign));
  }

  /** Its namespaces or Secrets, where they are few. */
  List<Extent.Member> members() {
    Extent extent = scope.extent();
    return extent == null ? List.of() : extent.members();
  }
}
