package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether a key version is still needed by any known cluster. Advice, never an action: nothing is
 * disabled or deleted by it.
 */
public sealed interface RetireVerdict {

  /** What holds for every verdict. */
  String CAVEAT =
      "Clusters outside the scopes aren't known, nor what a cluster used before Rekey met it. An"
          + " etcd backup needs the key version of its time, for as long as the backup may be"
          + " needed.";

  /** Some cluster needs it. */
  record Needed(List<Need> needs) implements RetireVerdict {
    public Needed {
      needs = List.copyOf(needs);
    }

    @Override
    public String token() {
      return "needed";
    }

    @Override
    public String reason() {
      return needs.get(0).ground().token();
    }
  }

  /** It can't be told. */
  record NotKnown(List<Unsure> doubts) implements RetireVerdict {
    public NotKnown {
      doubts = List.copyOf(doubts);
    }

    @Override
    public String token() {
      return "not-known";
    }

    @Override
    public String reason() {
      return doubts.get(0).cause().token();
    }
  }

  /**
   * No known cluster needs it.
   *
   * @param since from when on that is proved; null if no known cluster has had to do with its key
   */
  record NotNeeded(@Nullable Instant since) implements RetireVerdict {
    @Override
    public String token() {
      return "not-needed-by-any-known-cluster";
    }

    @Override
    public String reason() {
      return since == null ? "never-used" : "in-no-slot-and-none-under-it";
    }
  }

  /** The stable token of the verdict. */
  String token();

  /** The stable token of the first reason for it. */
  String reason();

  /**
   * Decides, in this order.
   *
   * <ol>
   *   <li>A cluster that needs it is enough: needed. Never does a doubt about another cluster hide
   *       that.
   *   <li>A cluster that could not be looked at, or of which it can't be told: not known. Never is
   *       silence taken for "not needed".
   *   <li>Otherwise each cluster is proved not to need it. Never before the rotation is proved that
   *       put it out of the previous slot.
   * </ol>
   *
   * @param created when the vault made it; null if that isn't known
   */
  static RetireVerdict of(KeyId version, @Nullable Instant created, KnownFleet fleet) {
    List<Stance> stances =
        fleet.clusters().stream()
            .map(cluster -> new Stance(cluster, version, created, fleet))
            .toList();
    List<Need> needs = stances.stream().flatMap(stance -> stance.needs().stream()).toList();
    if (!needs.isEmpty()) {
      return new Needed(needs);
    }
    List<Unsure> doubts =
        Stream.concat(
                fleet.notLookedAt().stream()
                    .map(why -> new Unsure(null, Uncertain.CLUSTER_NOT_LOOKED_AT, why)),
                stances.stream().flatMap(stance -> stance.doubts().stream()))
            .toList();
    return doubts.isEmpty() ? new NotNeeded(since(stances)) : new NotKnown(doubts);
  }

  /** The last cluster to part with it. */
  private static @Nullable Instant since(List<Stance> stances) {
    return stances.stream()
        .map(Stance::since)
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(null);
  }
}
