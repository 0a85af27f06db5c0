package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.PreviousSlot;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one cluster has to do with one key version. */
final class Stance {
  private final KnownCluster cluster;
  private final KeyId version;
  private final @Nullable Instant created;
  private final SlotHistory history;
  private final PreviousSlot previous;
  private final LastWord secrets;
  private final boolean isRelated;

  /**
   * Looks at everything that is known of the cluster.
   *
   * @param created when the vault made the version; null if that isn't known
   */
  Stance(KnownCluster cluster, KeyId version, @Nullable Instant created, KnownFleet fleet) {
    this.cluster = cluster;
    this.version = version;
    this.created = created;
    this.history = new SlotHistory(cluster.ledger());
    this.previous = cluster.inUse().previousSlot(cluster.ledger(), cluster.active());
    Set<String> known = fleet.allLabels();
    this.secrets =
        LastWord.of(
            cluster.counts(), version, fleet.labels(version), known, history.outSince(version));
    this.isRelated = usesKey() || cluster.ofOperation().anyMatch(version::isVersionOfSameKey);
  }

  private boolean usesKey() {
    KeyId now = cluster.inUse().version();
    boolean inUse = now != null && now.isVersionOfSameKey(version);
    return inUse || followsKey() || history.hasKeyOf(version);
  }

  private boolean followsKey() {
    return cluster.inUse().anyOf() != null && cluster.inUse().anyOf().isSameKeyAs(version.key());
  }

  /**
   * Why the cluster needs it.
   *
   * <ol>
   *   <li>It is in the current slot, in ARM or in the ledger: never lost, whatever a count says.
   *   <li>It is in the previous slot: AKS' health check encrypts with it.
   *   <li>KMS is off and it was the last one in use: AKS goes on using it.
   *   <li>It may be in a slot: it was named since the last settled move began. Never does an update
   *       whose outcome is unknown count as none.
   *   <li>A count found Secrets under it, and no later proof says that none is left.
   *   <li>An operation under way starts from it, or leads to it.
   *   <li>It is what the cluster is to be rotated to.
   * </ol>
   */
  List<Need> needs() {
    List<Need> needs = new ArrayList<>();
    slot().ifPresent(ground -> needs.add(need(ground, ground.sentence())));
    if (!cluster.inUse().is(version)) {
      secrets.found().ifPresent(count -> needs.add(need(Ground.SECRETS, found(count))));
    }
    if (cluster.ofOperation().anyMatch(version::isSameAs)) {
      needs.add(need(Ground.OPERATION, Ground.OPERATION.sentence()));
    }
    KeyId target = cluster.target();
    if (target != null && target.isSameAs(version)) {
      needs.add(need(Ground.TARGET, Ground.TARGET.sentence()));
    }
    return needs;
  }

  private Optional<Ground> slot() {
    if (cluster.inUse().is(version)) {
      return Optional.of(Ground.CURRENT);
    }
    if (previous.certain().filter(version::isSameAs).isPresent()) {
      return Optional.of(Ground.PREVIOUS);
    }
    Ledger ledger = cluster.ledger();
    if (ledger != null
        && previous.knowledge() == PreviousSlot.Knowledge.OFF
        && ledger.lastInUse().filter(version::isSameAs).isPresent()) {
      return Optional.of(Ground.KEPT);
    }
    return history.mayHold(version) ? Optional.of(Ground.MAYBE) : Optional.empty();
  }

  private static String found(Counted count) {
    return Ground.SECRETS.sentence()
        + " by operation "
        + count.operationId()
        + ", at "
        + count.at();
  }

  private Need need(Ground ground, String why) {
    return new Need(cluster.name(), ground, why);
  }

  /**
   * Why the cluster may need it, of which nothing can be told.
   *
   * <ol>
   *   <li>Its records can't be read: it may need any version of any key.
   *   <li>It follows the key by itself, or names none that can be read.
   *   <li>Its previous slot is unknown, and the version was there before the present one came.
   *   <li>What was counted last hides Secrets, or shows a key that nobody can name.
   *   <li>Nothing proves that no Secret lies under it. Never is it enough that none was ever seen.
   * </ol>
   */
  List<Unsure> doubts() {
    List<Unsure> doubts = new ArrayList<>();
    String unread = cluster.unread();
    if (unread != null) {
      doubts.add(unsure(Uncertain.RECORDS_UNREADABLE, unread));
    }
    boolean isUnnamed = previous.knowledge() == PreviousSlot.Knowledge.KEY_NOT_NAMED;
    if (followsKey() || (isUnnamed && isRelated)) {
      doubts.add(unsure(Uncertain.KEY_IN_USE_UNKNOWN));
    }
    if (isRelated && previous.mayHoldOneOf(created)) {
      doubts.add(unsure(Uncertain.PREVIOUS_SLOT_UNKNOWN, previous.knowledge().sentence()));
    }
    if (isRelated) {
      secrets.doubt().ifPresent(cause -> doubts.add(unsure(cause)));
    }
    return doubts;
  }

  private Unsure unsure(Uncertain cause) {
    return unsure(cause, cause.sentence());
  }

  private Unsure unsure(Uncertain cause, String why) {
    return new Unsure(cluster.name(), cause, why);
  }

  /** Since when the cluster is known not to need it; empty if it never had to do with its key. */
  Optional<Instant> since() {
    Instant made = created;
    return isRelated
        ? secrets.provedAt().map(at -> made != null && made.isAfter(at) ? made : at)
        : Optional.empty();
  }
}
