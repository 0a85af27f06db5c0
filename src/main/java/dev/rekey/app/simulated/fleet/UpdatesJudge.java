package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.KeyView;
import dev.rekey.app.simulated.Violations;
import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.fault.OutsideCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** K2, K4, K5: what was so when ARM accepted an update. */
final class UpdatesJudge implements Judge {
  /** What becomes of a version between the last look at the vault and the update, nobody knows. */
  private static final Duration SINCE_LAST_LOOK = Duration.ofMinutes(10);

  private final Fleet fleet;
  private final Violations violations;
  private @Nullable ClusterName asked;
  private KmsSettings from = KmsSettings.OFF;
  private int updates;
  private Instant lastDoneByOthers = Instant.MIN;

  UpdatesJudge(Fleet fleet, Violations violations) {
    this.fleet = fleet;
    this.violations = violations;
  }

  @Override
  public void beforeCall(OutsideCalls.Observed observed) {
    look();
    if (observed.call().port().equals("ManagedClusters.updateKms")) {
      asked = (ClusterName) Objects.requireNonNull(observed.call().about(), "it names a cluster");
      from = fleet.member(asked).keys.settings();
    }
  }

  @Override
  public void weAreDone() {
    look();
  }

  @Override
  public void othersAreDone() {
    lastDoneByOthers = fleet.time.instant();
  }

  private void look() {
    ClusterName cluster = asked;
    asked = null;
    if (cluster != null && fleet.arm.acceptedUpdates().size() > updates) {
      updates = fleet.arm.acceptedUpdates().size();
      accepted(fleet.member(cluster), fleet.arm.acceptedUpdates().get(updates - 1).to());
    }
  }

  private void accepted(FleetMember member, KmsSettings to) {
    if (to.equals(from)) {
      return;
    }
    Set<String> dropped = dropped(member, to);
    if (mayDropWhatNobodyCanCount(member)) {
      dropped.forEach(member.envelopes::noteDroppedByPlan);
    } else {
      String what = "an update drops the key version that Secrets lie under";
      check(member, dropped.isEmpty(), "K2", what);
    }
    KeyId target = to.key();
    if (target != null) {
      check(member, isNoted(member, target), "K5", "the ledger doesn't know of an update");
      check(member, isFit(target), "K4", "the target of an update can't be used");
      check(member, isAllowed(member, target), "K4", "an update leads where it must not");
    }
  }

  /** What Secrets lie under, and no slot holds any more, through this update. */
  private Set<String> dropped(FleetMember member, KmsSettings to) {
    Set<String> kept = Set.of(KeyView.keyIdOf(from), KeyView.keyIdOf(to));
    return member.cluster.oracle().secrets().stream()
        .map(StorageOracle::keyId)
        .filter(under -> !kept.contains(under) && !member.envelopes.isDroppedByOthers(under))
        .collect(Collectors.toSet());
  }

  /** A plan that says so, which a person has approved. */
  private boolean mayDropWhatNobodyCanCount(FleetMember member) {
    return fleet
        .records
        .active(member.name)
        .map(Stored::value)
        .filter(operation -> operation.kind() == Kind.RECOVER_DROPPED_KEY)
        .filter(UpdatesJudge::isOfAPerson)
        .map(operation -> operation.progress().findings().dropped())
        .filter(plan -> !plan.countable())
        .isPresent();
  }

  private boolean isNoted(FleetMember member, KeyId target) {
    Optional<Ledger> ledger = fleet.records.ledger(member.name).map(Stored::value);
    return ledger.isPresent()
        && ledger.get().entries().stream()
            .anyMatch(
                entry -> entry.slot() == LedgerEntry.Slot.MAYBE && entry.key().equals(target));
  }

  private boolean isFit(KeyId target) {
    Instant now = fleet.time.instant();
    boolean fit =
        fleet
            .vault
            .peek(target.url())
            .filter(version -> version.fitnessAt(now) == KeyFitness.FIT)
            .isPresent();
    return fit || lastDoneByOthers.isAfter(now.minus(SINCE_LAST_LOOK));
  }

  /** Forward on the same key, or where a person has named the way. */
  private boolean isAllowed(FleetMember member, KeyId target) {
    KeyId before = from.key();
    Optional<Operation> active = fleet.records.active(member.name).map(Stored::value);
    if (before == null || active.filter(UpdatesJudge::isOfAPerson).isPresent()) {
      return active.filter(operation -> operation.origin().isOfAPerson()).isPresent();
    }
    Optional<Instant> left = created(before);
    Optional<Instant> reached = created(target);
    return before.isVersionOfSameKey(target)
        && left.isPresent()
        && reached.filter(left.get()::isBefore).isPresent();
  }

  private static boolean isOfAPerson(Operation operation) {
    boolean isBack =
        operation.kind() == Kind.RECOVER_DROPPED_KEY || operation.kind() == Kind.RETURN;
    return operation.origin().isOfAPerson() && (!isBack || PlanHash.isApproved(operation));
  }

  private Optional<Instant> created(KeyId version) {
    return fleet.vault.peek(version.url()).map(KeyVersion::created);
  }

  private void check(FleetMember member, boolean kept, String promise, String what) {
    if (!kept) {
      violations.add(promise, member + ": " + what);
    }
  }
}
