package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Reason;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Before a cluster goes back to the previous slot's key version: all that {@link GoingBack} says,
 * anew, since a person took their time over the plan.
 *
 * <ol>
 *   <li>While nothing may have been sent, an objection refuses. Afterwards it stalls: something may
 *       have been changed.
 *   <li>Where ARM shows the version gone back to already, and our update has failed, the same
 *       update is made again: nothing comes into a slot by that, and API servers may have loaded
 *       the other version as the previous one by now.
 * </ol>
 */
final class BeforeGoingBack implements BeforeSending {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /** Somebody else has led it back, and that has failed. */
  @Override
  public Optional<Decision> atOnce(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    boolean othersFailed = isBack(facts) && !facts.operation().mayHaveUpdated();
    return othersFailed
        ? Optional.of(new Decision.Stall(Reason.CLUSTER_FAILED, cluster.resourceId()))
        : Optional.empty();
  }

  @Override
  public Set<FactKind> needs(Facts facts) {
    return isBack(facts)
        ? Set.of(FactKind.VERSIONS)
        : EnumSet.of(FactKind.VERSIONS, FactKind.SCRAPE);
  }

  @Override
  public Optional<Decision> objection(Facts facts) {
    if (isBack(facts)) {
      return GoingBack.unfit(facts).map(BeforeGoingBack::stall);
    }
    if (!facts.requireScrape().isComplete()) {
      return Optional.of(new Decision.Wait(facts.now().plus(LOOK_AGAIN), Reason.REPLICA_NOT_SEEN));
    }
    return GoingBack.objection(facts)
        .map(refuse -> facts.operation().mayHaveUpdated() ? stall(refuse) : refuse);
  }

  private static boolean isBack(Facts facts) {
    return facts.requireCluster().isAt(facts.operation().after());
  }

  private static Decision stall(Decision.Refuse refuse) {
    return new Decision.Stall(refuse.reason(), refuse.detail());
  }
}
