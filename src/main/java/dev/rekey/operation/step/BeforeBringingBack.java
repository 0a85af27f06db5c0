package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import java.util.Optional;
import java.util.Set;

/**
 * Before a key version that AKS has dropped is made current again; what lies where, the count
 * before has told.
 *
 * <ol>
 *   <li>Never on top of an update of another that has failed: it could hide which versions are in
 *       the slots.
 *   <li>Neither the version that is brought back nor one in a slot may be unusable, by what the
 *       vault has just shown. Never by what it showed at the check: a person took their time over
 *       the plan.
 *   <li>Where ARM shows the version that is brought back already, and our update has failed, the
 *       same update is made again.
 * </ol>
 */
final class BeforeBringingBack implements BeforeSending {

  @Override
  public Optional<Decision> atOnce(Facts facts) {
    return BeforeSending.failedByAnother(facts);
  }

  @Override
  public Set<FactKind> needs(Facts facts) {
    return Set.of(FactKind.VERSIONS);
  }

  @Override
  public Optional<Decision> objection(Facts facts) {
    return BringingBack.unfit(facts)
        .map(refuse -> new Decision.Stall(refuse.reason(), refuse.detail()));
  }
}
