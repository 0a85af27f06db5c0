package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key that all Secrets should lie under; every other one is foreign to a census. */
public final class HomeKey {
  private HomeKey() {}

  /**
   * The label of the key, by the first of these that is known:
   *
   * <ol>
   *   <li>where ARM shows no key at all, the one that every API server writes with all the same:
   *       AKS' own, which stable versions of ARM don't show;
   *   <li>the key version in use, as ARM names it, or plain;
   *   <li>the key that an API server has written with last: what lies under another one is what
   *       would be lost with that other one, however much it is;
   *   <li>the key, or {@link KeyIdHash#PLAIN}, that most Secrets lie under: no API server has
   *       written anything since it started.
   * </ol>
   *
   * @param count a count of all Secrets that has ended
   * @param inUse null where there is no ARM
   * @return empty if nothing was read at all
   */
  public static Optional<String> of(Pass count, @Nullable KeyIdHash inUse) {
    if (inUse == null) {
      return newestWritten(count).or(() -> mostRead(count));
    }
    return inUse.equals(KeyIdHash.PLAIN)
        ? onlyWritten(count).or(() -> Optional.of(inUse.label()))
        : Optional.of(inUse.label());
  }

  /**
   * The key that each API server has written with last, of those that have written anything since
   * they started, and of which none has written plain.
   */
  private static Optional<String> onlyWritten(Pass count) {
    List<ReplicaSample> writers = samples(count).filter(sample -> sample.allWrites() > 0).toList();
    Set<KeyIdHash> last = new HashSet<>();
    writers.forEach(sample -> last.add(newest(sample).orElse(KeyIdHash.PLAIN)));
    boolean noneWrotePlain = writers.stream().allMatch(sample -> sample.plainWrites() == 0);
    return noneWrotePlain && last.size() == 1
        ? last.stream().findFirst().map(KeyIdHash::label)
        : Optional.empty();
  }

  private static Optional<KeyIdHash> newest(ReplicaSample sample) {
    return sample.lastWriteAt().entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey);
  }

  private static Stream<ReplicaSample> samples(Pass count) {
    return Stream.ofNullable(count.outcome())
        .flatMap(outcome -> outcome.after().liveSamples().values().stream());
  }

  private static Optional<String> newestWritten(Pass count) {
    return samples(count)
        .flatMap(sample -> sample.lastWriteAt().entrySet().stream())
        .max(
            Map.Entry.<KeyIdHash, Instant>comparingByValue()
                // Several are written in one instant; the order of a map is another in each
                // process.
                .thenComparing(newest -> newest.getKey().label(), Comparator.reverseOrder()))
        .map(newest -> newest.getKey().label());
  }

  private static Optional<String> mostRead(Pass count) {
    return count.growth().map(Reading::counts).orElse(Map.of()).entrySet().stream()
        .max(
            Map.Entry.<String, Long>comparingByValue()
                .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
        .map(Map.Entry::getKey);
  }
}
