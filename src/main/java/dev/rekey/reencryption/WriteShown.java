package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * That an API server writes with a key, and how it showed it.
 *
 * @param replica the {@code apiserver_id_hash} of the server
 * @param key what it writes with; {@link KeyIdHash#PLAIN} if it writes plain
 * @param readsSince its status sample of that key at the time; null if there was none
 * @param at when it was shown
 * @param processStart which process of the server it was
 * @param otherWrites how much it had written by then under other keys, and plain unless it writes
 *     plain
 */
public record WriteShown(
    String replica,
    KeyIdHash key,
    How how,
    @Nullable Instant readsSince,
    Instant at,
    Instant processStart,
    long otherWrites) {

  /** How a server showed its write key. */
  public enum How {
    /** It wrote a Secret, and counted that write under the key. */
    BY_WRITE,
    /** It read Secrets under that key, of no other, and saw no need to write them again. */
    BY_UNMOVED_PATCH,
    /**
     * It read Secrets, counted none of it under any key nor as plain, and saw no need to write them
     * again: it has no encryption configuration at all, so that plain is all that it can read.
     */
    BY_NOT_COUNTING
  }

  /**
   * What a probe shows. Numbered by what must never happen:
   *
   * <ol>
   *   <li>a claim about a server other than the one that answered, or across its restart: none is
   *       made;
   *   <li>a claim where it wrote under two keys, or under one and plain: none is made;
   *   <li>a claim from reads while values were read of two keys, or of one and plain: the unmoved
   *       Secret might be either;
   *   <li>a claim from a dropped key's or a status sample: neither is looked at.
   * </ol>
   */
  public static Optional<WriteShown> by(Probe probe, Instant now) {
    if (!probe.before().replica().equals(probe.after().replica())) {
      return Optional.empty();
    }
    CounterGrowth growth = CounterGrowth.between(probe.before(), probe.after());
    if (growth.gap() != null || growth.writes().size() > 1) {
      return Optional.empty();
    }
    if (growth.writes().size() == 1) {
      return Optional.of(shown(probe, sole(growth.writes().keySet()), How.BY_WRITE, now));
    }
    return growth.allReads() == 0
        ? byNotCounting(probe, now)
        : byUnmovedPatches(probe, growth, now);
  }

  private static Optional<WriteShown> byNotCounting(Probe probe, Instant now) {
    return oneDidNotMove(probe)
        ? Optional.of(shown(probe, KeyIdHash.PLAIN, How.BY_NOT_COUNTING, now))
        : Optional.empty();
  }

  private static Optional<WriteShown> byUnmovedPatches(
      Probe probe, CounterGrowth growth, Instant now) {
    long patched = probe.looks().stream().filter(WriteShown::isPatched).count();
    boolean oneKey = growth.reads().size() == 1;
    if (!oneKey || !oneDidNotMove(probe)) {
      return Optional.empty();
    }
    KeyIdHash key = sole(growth.reads().keySet());
    return growth.readsOf(key) < patched
        ? Optional.empty()
        : Optional.of(shown(probe, key, How.BY_UNMOVED_PATCH, now));
  }

  private static boolean isPatched(Look look) {
    return look.answer() instanceof PatchAnswer.Patched;
  }

  /** Whether a Secret was not written since its list, or since an earlier look of this probe. */
  private static boolean oneDidNotMove(Probe probe) {
    Map<String, SecretRef> seen = new HashMap<>();
    for (Look look : probe.looks()) {
      if (look.answer() instanceof PatchAnswer.Patched patched) {
        SecretRef known = seen.getOrDefault(look.secret().toString(), look.secret());
        if (!known.isMovedBy(patched.resourceVersion())) {
          return true;
        }
        seen.put(known.toString(), known.at(patched.resourceVersion()));
      }
    }
    return false;
  }

  private static WriteShown shown(Probe probe, KeyIdHash key, How how, Instant now) {
    ReplicaSample sample = probe.after();
    return new WriteShown(
        sample.replica(),
        key,
        how,
        sample.statusAt().get(key),
        now,
        sample.processStart(),
        otherWrites(sample, key));
  }

  WriteShown notBefore(Instant earliest) {
    return at.isBefore(earliest)
        ? new WriteShown(replica, key, how, readsSince, earliest, processStart, otherWrites)
        : this;
  }

  /** Whether a sample is of the very process that was shown. */
  boolean isOf(ReplicaSample sample) {
    return replica.equals(sample.replica()) && processStart.equals(sample.processStart());
  }

  /** Whether that process has written otherwise since: under another key, or plain. */
  boolean hasWrittenElse(ReplicaSample sample) {
    return isOf(sample) && otherWrites(sample, key) > otherWrites;
  }

  private static long otherWrites(ReplicaSample sample, KeyIdHash key) {
    return sample.allWrites() - sample.writesOf(key);
  }

  private static KeyIdHash sole(Set<KeyIdHash> one) {
    return one.iterator().next();
  }
}
