package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The key that all Secrets should lie under; every other one is foreign to a census. */
public final class HomeKey {
  private HomeKey() {}

  /**
   * The label of the key, by the first of these that is known:
   *
   * <ol>
   *   <li>the key version in use, as ARM names it;
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
    return inUse == null
        ? newestWritten(count).or(() -> mostRead(count))
        : Optional.of(inUse.label());
  }

  private static Optional<String> newestWritten(Pass count) {
    return Stream.ofNullable(count.outcome())
        .flatMap(outcome -> outcome.after().liveSamples().values().stream())
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
