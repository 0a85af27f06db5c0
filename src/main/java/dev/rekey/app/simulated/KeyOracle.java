package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.StepName;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.azure.AcceptedUpdate;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.simulation.fault.OutsideCall;
import dev.rekey.simulation.fault.OutsideCalls;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * K1, K2, K4, K5, K7, K8, K9: what was true when a rotation began, ARM accepted an update, or the
 * vault made a version.
 */
final class KeyOracle implements Oracle {
  private final SimulatedWorld world;
  private final Violations violations;
  private final Set<KeyId> fit = new HashSet<>();
  private final Set<KeyId> newestSeen = new HashSet<>();
  private final Set<KeyIdHash> loaded = new HashSet<>();
  private final Set<String> begun = new HashSet<>();
  private KmsSettings settings;
  private int updates;
  private int rotations;
  private long recordsSeen = -1;

  /**
   * Keys of which the vault answers once other instances have worked; somebody may make a version
   * meanwhile.
   */
  private final Set<VaultKey> answeredLater = new HashSet<>();

  /** Whether KMS was on when ARM was last asked: nothing ties a vault's change to it. */
  private boolean seenOn = true;

  KeyOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
    this.settings = world.keys.settings();
  }

  @Override
  public void beforeCall(OutsideCalls.Observed observed) {
    OutsideCall call = observed.call();
    look();
    answeredLater.forEach(this::lookedAtVault);
    if (call.port().equals("ManagedClusters.updateKms")) {
      mayBeSent();
    } else if (call.port().equals("ManagedClusters.updateVault")) {
      violations.check(!seenOn, "K1", "a vault is changed whose key the cluster still uses");
    } else if (call.port().equals("ManagedClusters.read")) {
      seenOn = world.keys.isOn();
    } else if (call.port().equals("Vault.restore")) {
      violations.check(isApproved(), "K9", "a version is made usable that nobody has approved");
    } else if (call.port().equals("Vault.versions")) {
      VaultKey asked = (VaultKey) Objects.requireNonNull(call.about(), "it names a key");
      lookedAtVault(asked);
      if (observed.fault().filter(Fault::letsOthersWorkFirst).isPresent()) {
        answeredLater.add(asked);
      }
    }
    if (call.port().equals("ApiServers.leases")) { // so begins each look at all of them
      lookedAtServers();
      if (hasProvedItself()) {
        world.writtenBehind.areLookedAt();
      }
    }
  }

  @Override
  public void afterStep() {
    look();
    if (world.table.writes() != recordsSeen) {
      recordsSeen = world.table.writes();
      world.operations().forEach(this::mayHaveBegun);
    }
    newestSeen.clear();
    answeredLater.clear();
  }

  /** What an earlier operation has proved, another may begin with and not look again. */
  private boolean hasProvedItself() {
    return world
        .records
        .active(world.name)
        .flatMap(active -> active.value().progress().lastPass(StepName.PROVE_CURRENT))
        .isPresent();
  }

  /**
   * K7: what begins by itself is what a look at the vault in that very step has shown; K4: never
   * does it lead on under a key that somebody has only pointed the cluster at.
   */
  private void mayHaveBegun(Operation operation) {
    boolean byItself = operation.origin().trigger() != Origin.Trigger.HTTP;
    if (!begun.add(operation.id()) || !byItself) {
      return;
    }
    KeyId under = operation.to();
    violations.check(
        under == null || operation.kind() == Kind.CENSUS || world.keys.isKnown(under.key()),
        "K4",
        "an operation begins by itself under a key that nobody has named");
    if (operation.kind() == Kind.ROTATE) {
      violations.check(
          newestSeen.contains(operation.to()),
          "K7",
          "a rotation begins to a version that isn't the newest");
      violations.check(
          world.operations().stream().noneMatch(one -> isReturnFrom(one, operation.to())),
          "K4",
          "a rotation begins by itself to a version that a person has led back from");
    }
  }

  private static boolean isReturnFrom(Operation operation, @Nullable KeyId left) {
    Ending ending = operation.progress().ending();
    return operation.kind() == Kind.RETURN
        && ending != null
        && ending.outcome() == Ending.Outcome.COMPLETED
        && Objects.equals(operation.from(), left);
  }

  /**
   * What becomes of a version after the last look at the vault, nobody can know. What another
   * instance has seen meanwhile, the one whose step this is doesn't know.
   */
  private void lookedAtVault(VaultKey key) {
    if (!world.host.isAnotherAtWork()) {
      fit.removeIf(version -> version.key().isSameKeyAs(key));
    }
    Instant newest = Instant.MIN;
    for (KeyVersion version : world.vault.allVersions(key)) {
      if (isFit(version, world.time.instant())) {
        fit.add(version.id());
        newest = version.created(); // they come in the order in which they were made
      }
    }
    for (KeyVersion version : world.vault.allVersions(key)) {
      if (fit.contains(version.id()) && version.created().equals(newest)) {
        newestSeen.add(version.id());
      }
    }
  }

  /** K5: the ledger says so before it is sent. */
  private void mayBeSent() {
    Optional<Operation> active = world.records.active(world.name).map(Stored::value);
    Optional<Ledger> ledger = world.records.ledger(world.name).map(Stored::value);
    boolean noted =
        active.isPresent()
            && ledger.isPresent()
            && ledger.get().entries().stream().anyMatch(entry -> isIntent(entry, active.get()));
    violations.check(noted, "K5", "an update is sent that the ledger doesn't know of");
  }

  private boolean isApproved() {
    return world
        .records
        .active(world.name)
        .flatMap(active -> active.value().progress().orders().last(Order.Action.APPROVE))
        .isPresent();
  }

  private static boolean isIntent(LedgerEntry entry, Operation operation) {
    return operation.to() == null // turned off: no other version comes into a slot
        || (entry.slot() == LedgerEntry.Slot.MAYBE && entry.key().equals(operation.to()));
  }

  private void look() {
    if (world.vault.calls().rotations() > rotations) {
      rotations = world.vault.calls().rotations();
      violations.check(
          !world.keys.isForged(), "K9", "a version was made of a key that no API server uses");
      violations.check(!world.isObservedOnly(), "K8", "a version was made for AKS' own key");
    }
    List<AcceptedUpdate> accepted = world.arm.acceptedUpdates();
    for (AcceptedUpdate update : accepted.subList(updates, accepted.size())) {
      if (!update.to().equals(settings)) {
        violations.check(!world.isObservedOnly(), "K8", "a cluster on AKS' own key was changed");
        accepted(settings, update.to());
        settings = update.to();
      }
    }
    updates = accepted.size();
    settings = world.keys.settings(); // somebody else may have moved it
  }

  private void accepted(KmsSettings from, KmsSettings to) {
    Set<String> kept = new HashSet<>(Set.of(KeyView.keyIdOf(from), KeyView.keyIdOf(to)));
    if (world.controlPlane.hasKmsV1()) {
      kept.add(KeyView.prefixOfKmsV1(from));
      violations.check(
          !to.isOn() && isApproved(), "K8", "KMS v1 is changed otherwise than approved");
    }
    long lost =
        world.cluster.oracle().secrets().stream()
            .map(StorageOracle::keyId)
            .filter(under -> !kept.contains(under) && !world.envelopes.isDroppedByOthers(under))
            .count();
    boolean unseen = world.writtenBehind.isAnyUnseen() || world.happened.wasLiedTo();
    if (lost > 0 && unseen) {
      world.disturbances().noteLeftBehind();
    }
    violations.check(
        lost == 0 || unseen, "K2", "an update drops the key version that Secrets lie under");
    KeyId target = to.key();
    if (target != null) {
      violations.check(fit.contains(target), "K4", "the target of an update can't be used");
    }
    if (target != null && from.key() != null && !isWayBack(from, to) && !isBroughtBack(from, to)) {
      checkAllowed(from.key(), target);
    }
  }

  /** A dropped version, which a person has approved to be made current again. */
  private boolean isBroughtBack(KmsSettings from, KmsSettings to) {
    return isApprovedMove(Kind.RECOVER_DROPPED_KEY, from, to);
  }

  private boolean isApprovedMove(Kind kind, KmsSettings from, KmsSettings to) {
    return world
        .records
        .active(world.name)
        .map(Stored::value)
        .filter(active -> active.kind() == kind)
        .filter(active -> active.before().equals(from) && active.after().equals(to))
        .filter(PlanHash::isApproved)
        .isPresent();
  }

  /** The one way back: approved, and from a version that no API server was seen to have loaded. */
  private boolean isWayBack(KmsSettings from, KmsSettings to) {
    return isApprovedMove(Kind.RETURN, from, to) && !loaded.contains(from.hash());
  }

  private void lookedAtServers() {
    loaded.clear();
    world.cluster.replicas().stream()
        .filter(SimulatedReplica::isAlive)
        .map(SimulatedReplica::sample)
        .forEach(
            sample -> {
              loaded.addAll(sample.statusAt().keySet());
              loaded.addAll(sample.reads().keySet());
              loaded.addAll(sample.writes().keySet());
            });
  }

  /** Forward on the same key, or to a version of another that a person has named. */
  private void checkAllowed(KeyId from, KeyId to) {
    if (from.isVersionOfSameKey(to)) {
      checkForward(from, to);
    } else {
      violations.check(
          world.keys.named().contains(to), "K4", "an update to another key that nobody has named");
    }
  }

  private void checkForward(KeyId from, KeyId to) {
    List<KeyVersion> versions = world.vault.allVersions(to.key());
    Optional<KeyVersion> target = find(versions, to);
    Optional<KeyVersion> before = find(versions, from);
    boolean forward =
        target.isPresent()
            && before.isPresent()
            && target.get().created().isAfter(before.get().created());
    violations.check(forward, "K4", "an update goes backwards");
  }

  private static Optional<KeyVersion> find(List<KeyVersion> versions, KeyId id) {
    return versions.stream().filter(version -> version.id().equals(id)).findFirst();
  }

  private static boolean isFit(KeyVersion version, Instant now) {
    boolean begun = version.notBefore() == null || !now.isBefore(version.notBefore());
    boolean over = version.expires() != null && !now.isBefore(version.expires());
    return version.enabled()
        && begun
        && !over
        && version.type().equals("RSA")
        && version.operations().containsAll(Set.of("encrypt", "decrypt"));
  }
}
