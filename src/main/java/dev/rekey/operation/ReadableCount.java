package dev.rekey.operation;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.CounterGrowth;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PassOutcome;
import dev.rekey.reencryption.Scrape;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A count of what lies under which key, made after all that can be read was written under the
 * current one and before an update that drops the previous slot.
 *
 * <ol>
 *   <li>It rests on the write before it: since then no API server has restarted or written under
 *       another key. Never on a list that a Secret may be missing from.
 *   <li>Nothing was read or written but under the current key, plain (to read that takes no key)
 *       and, once the update may have been sent, under the version that is brought back.
 *   <li>It speaks for every Secret: each was read, or could not be decrypted. One that was not
 *       answered for, or whose namespace can't be listed, may lie under the dropped slot.
 *   <li>It holds for the state of the cluster that it was made in. Never for another ETag.
 * </ol>
 */
public final class ReadableCount {
  private final Operation operation;
  private final Pass pass;

  private ReadableCount(Operation operation, Pass pass) {
    this.operation = operation;
    this.pass = pass;
  }

  /** The last one that has ended. */
  public static Optional<ReadableCount> last(Operation operation) {
    return operation
        .progress()
        .lastPass(StepName.COUNT, PassKind.COUNT)
        .filter(Pass::hasEnded)
        .map(pass -> new ReadableCount(operation, pass));
  }

  /**
   * Whether the update that drops the previous slot may be sent in a state of the cluster. Where a
   * person has approved that nothing can be known, still not when something is known to lie there.
   */
  static boolean allowsUpdate(Operation operation, String etag) {
    Optional<ReadableCount> last = last(operation);
    if (last.isPresent() && last.get().showsOtherKeys()) {
      return false;
    }
    DroppedKey dropped = operation.progress().findings().dropped();
    boolean isApprovedUnknown = dropped != null && !dropped.countable();
    return isApprovedUnknown || last.map(count -> count.holdsFor(etag)).orElse(false);
  }

  public Pass pass() {
    return pass;
  }

  /** Rules 1 to 4. */
  public boolean holdsFor(String etag) {
    return pass.stands()
        && isBasedOnWrite()
        && !showsOtherKeys()
        && speaksForAll()
        && etag.equals(pass.etag());
  }

  /**
   * Rule 1. After an update may have been sent nothing is written, and API servers may restart
   * because of it.
   */
  public boolean isBasedOnWrite() {
    return operation.mayHaveUpdated()
        || operation
            .progress()
            .lastPass(StepName.RESCUE, PassKind.WRITE)
            .map(Pass::outcome)
            .map(this::isUndisturbedSince)
            .orElse(false);
  }

  private boolean isUndisturbedSince(PassOutcome write) {
    CounterGrowth since =
        CounterGrowth.between(write.after(), Objects.requireNonNull(pass.before(), "it has ended"));
    return since.gap() == null && allowed().containsAll(since.writes().keySet());
  }

  /** Whether something is known to lie under another key: rule 2 is broken. */
  public boolean showsOtherKeys() {
    return showsOtherKeys(growth());
  }

  private boolean showsOtherKeys(CounterGrowth growth) {
    Set<KeyIdHash> allowed = allowed();
    return !allowed.containsAll(growth.reads().keySet())
        || !allowed.containsAll(growth.writes().keySet());
  }

  private Set<KeyIdHash> allowed() {
    Set<KeyIdHash> allowed = new HashSet<>();
    allowed.add(operation.before().hash());
    allowed.add(KeyIdHash.PLAIN);
    if (operation.mayHaveUpdated()) {
      allowed.add(operation.after().hash());
    }
    return allowed;
  }

  /** Rule 3: of what could not be decrypted the API servers have counted that too. */
  public boolean speaksForAll() {
    return pass.isCounted()
        && pass.exceptions().unread() == unreadable()
        && growth().failedReads() >= unreadable();
  }

  /** Secrets that could not be decrypted. */
  public long unreadable() {
    return pass.exceptions().of(ExceptionReason.UNDECRYPTABLE);
  }

  /** Why it says nothing any more, by how the API servers are now; empty if it still does. */
  public Optional<Reason> contradiction(Scrape now) {
    CounterGrowth since = pass.growthUntil(now).orElseThrow();
    if (showsOtherKeys(since)) {
      return Optional.of(Reason.STILL_FOREIGN_READS);
    }
    return since.gap() == null ? Optional.empty() : Optional.of(Reason.COUNTERS_INTERRUPTED);
  }

  /** The progress of an operation with what its last count has found, for the evidence to tell. */
  static Progress noted(Operation operation) {
    Progress progress = operation.progress();
    DroppedKey dropped = progress.findings().dropped();
    Optional<ReadableCount> last = last(operation).filter(count -> count.pass().stands());
    return dropped == null || last.isEmpty()
        ? progress
        : progress.with(progress.findings().with(last.get().toldIn(dropped)));
  }

  private DroppedKey toldIn(DroppedKey seen) {
    return seen.counted(growth().reads(), unreadable());
  }

  private CounterGrowth growth() {
    return pass.growth().orElseThrow();
  }
}
