package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.azure.AcceptedUpdate;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.fault.OutsideCall;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** K2, K4, K5, K9: what was true when ARM accepted an update, or the vault made a version. */
final class KeyOracle implements Oracle {
  private final SimulatedWorld world;
  private final Violations violations;
  private final Set<KeyId> fit = new HashSet<>();
  private KeyId current;
  private int updates;
  private int rotations;

  KeyOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
    this.current = world.shown();
  }

  @Override
  public void beforeCall(OutsideCall call) {
    look();
    if (call.port().equals("ManagedClusters.updateKeyId")) {
      mayBeSent();
    } else if (call.port().equals("Vault.versions")) {
      lookedAtVault();
    }
  }

  @Override
  public void afterStep() {
    look();
  }

  /** What becomes of a version after the last look at the vault, nobody can know. */
  private void lookedAtVault() {
    fit.clear();
    world.vault.allVersions(current.key()).stream()
        .filter(version -> isFit(version, world.time.instant()))
        .forEach(version -> fit.add(version.id()));
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

  private static boolean isIntent(LedgerEntry entry, Operation operation) {
    return entry.slot() == LedgerEntry.Slot.MAYBE && entry.key().equals(operation.to());
  }

  private void look() {
    if (world.vault.calls().rotations() > rotations) {
      rotations = world.vault.calls().rotations();
      violations.check(
          !world.isForged(), "K9", "a version was made of a key that no API server uses");
    }
    List<AcceptedUpdate> accepted = world.arm.acceptedUpdates();
    for (AcceptedUpdate update : accepted.subList(updates, accepted.size())) {
      KeyId to = update.to();
      if (!to.equals(current)) {
        accepted(current, to);
        current = to;
      }
    }
    updates = accepted.size();
    current = world.shown(); // somebody else may have moved it
  }

  private void accepted(KeyId from, KeyId to) {
    Set<String> kept = Set.of(SimulatedWorld.keyIdOf(from.url()), SimulatedWorld.keyIdOf(to.url()));
    long lost =
        world.cluster.oracle().secrets().stream()
            .map(StorageOracle::keyId)
            .filter(under -> !kept.contains(under))
            .count();
    violations.check(lost == 0, "K2", "an update drops the key version that Secrets lie under");
    checkTarget(from, to);
  }

  private void checkTarget(KeyId from, KeyId to) {
    List<KeyVersion> versions = world.vault.allVersions(to.key());
    Optional<KeyVersion> target = find(versions, to);
    Optional<KeyVersion> before = find(versions, from);
    violations.check(fit.contains(to), "K4", "the target of an update can't be used");
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
