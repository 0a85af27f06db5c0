package dev.rekey.fleet;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.HomeKey;
import dev.rekey.reencryption.KeyCounts;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What an operation that has ended says of where a cluster's Secrets lay then: a census, or the
 * proof of a rewrite.
 *
 * @param operationId which one
 * @param at when it ended
 * @param isProof whether every Secret was proved to lie under the one key
 * @param home the label of the key that all should lie under, {@code plain} where KMS is off; null
 *     where there was nothing to tell it
 * @param under at most how many lay under each key, plain ones too
 * @param unknown how many no API server could decrypt
 */
public record Whereabouts(
    String operationId,
    Instant at,
    boolean isProof,
    @Nullable String home,
    Map<KeyIdHash, Long> under,
    long unknown) {

  public Whereabouts {
    under = new TreeMap<>(under);
  }

  /** What an operation says; empty if it hasn't ended well, or has counted nothing that stands. */
  public static Optional<Whereabouts> of(Operation operation) {
    return ending(operation).flatMap(ending -> of(operation, ending));
  }

  private static Optional<Whereabouts> of(Operation operation, Ending ending) {
    return lastRound(operation)
        .flatMap(
            round ->
                KeyCounts.of(round)
                    .map(
                        counts ->
                            new Whereabouts(
                                operation.id(),
                                ending.at(),
                                round.kind() == PassKind.PROOF && round.provesExceptions(),
                                home(round, operation.toHash()),
                                counts.under(),
                                counts.unknown())));
  }

  static Optional<Ending> ending(Operation operation) {
    return Optional.ofNullable(operation.progress().ending())
        .filter(ending -> ending.outcome() == Ending.Outcome.COMPLETED);
  }

  private static Optional<Pass> lastRound(Operation operation) {
    return operation.kind() == Kind.CENSUS
        ? operation.progress().lastPass(StepName.COUNT, PassKind.COUNT)
        : operation.progress().lastPass(StepName.PROVE, PassKind.PROOF);
  }

  /** A proof has shown what it has proved to lie under; a census may only guess. */
  private static @Nullable String home(Pass round, @Nullable KeyIdHash inUse) {
    KeyIdHash target = round.target();
    return round.kind() == PassKind.PROOF && target != null
        ? target.label()
        : HomeKey.of(round, inUse).orElse(null);
  }

  /** What the last of these says that says anything. */
  public static Optional<Whereabouts> last(List<Operation> oldestFirst) {
    return newestFirst(oldestFirst).findFirst();
  }

  /**
   * Since when every count has found all Secrets under the one key under which the last one has, so
   * that no other is needed but for backups; empty if the last one hasn't.
   */
  public static Optional<Instant> underOneKeySince(List<Operation> oldestFirst) {
    String home = last(oldestFirst).map(Whereabouts::home).orElse("");
    return newestFirst(oldestFirst)
        .takeWhile(counted -> counted.isAllUnder(home))
        .reduce((newer, older) -> older)
        .map(Whereabouts::at);
  }

  static Stream<Whereabouts> newestFirst(List<Operation> oldestFirst) {
    List<Operation> turned = new ArrayList<>(oldestFirst);
    Collections.reverse(turned);
    return turned.stream().flatMap(operation -> of(operation).stream());
  }

  /** Whether all lie under this key, which is the one that they should lie under. */
  boolean isAllUnder(String key) {
    return unknown == 0
        && key.equals(home)
        && under.keySet().stream().allMatch(hash -> hash.label().equals(key));
  }
}
