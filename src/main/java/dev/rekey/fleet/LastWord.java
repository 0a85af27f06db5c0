package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a cluster's counts say, all together, of Secrets under one key version. A later one has the
 * last word.
 *
 * @param finding the count that found some, which none later has put right; null if there is none
 * @param cause why it can't be told; null if it can
 * @param proof since when it is certain that none lies under it; null if it isn't
 */
record LastWord(@Nullable Counted finding, @Nullable Uncertain cause, @Nullable Instant proof) {
  private static final LastWord NOTHING = new LastWord(null, Uncertain.NEVER_PROVED, null);

  /**
   * Goes through them.
   *
   * <ol>
   *   <li>One that found Secrets under the version outweighs every earlier proof: an etcd backup
   *       may have been restored.
   *   <li>One that hides Secrets, or shows a key that nobody can name, takes an earlier proof back,
   *       but no finding.
   *   <li>A whole one that found none proves it, if the version was out of both slots by then.
   *       Never one from before: something may have been written under it since.
   *   <li>One that accounts for only some of the Secrets says nothing of the others.
   * </ol>
   *
   * @param counts oldest first
   * @param labels the hashes under which API servers may name the version
   * @param known the hashes of all versions that are known
   * @param outSince since when the version is in no slot; an earlier proof says nothing
   */
  static LastWord of(
      List<Counted> counts,
      KeyId version,
      Set<String> labels,
      Set<String> known,
      Instant outSince) {
    LastWord word = NOTHING;
    for (Counted count : counts) {
      if (count.under(version, labels) > 0) {
        word = new LastWord(count, null, null);
      } else if (doubt(count, known) != null) {
        word = word.finding == null ? new LastWord(null, doubt(count, known), null) : word;
      } else if (count.isWhole() && !count.at().isBefore(outSince)) {
        word = word.proof == null ? new LastWord(null, null, count.at()) : word;
      }
    }
    return word;
  }

  private static @Nullable Uncertain doubt(Counted count, Set<String> known) {
    return count.strangeKey(known).isPresent() ? Uncertain.STRANGE_KEY_STORED : count.doubt();
  }

  Optional<Counted> found() {
    return Optional.ofNullable(finding);
  }

  Optional<Uncertain> doubt() {
    return Optional.ofNullable(cause);
  }

  Optional<Instant> provedAt() {
    return Optional.ofNullable(proof);
  }
}
