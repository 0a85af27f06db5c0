package dev.rekey.app.simulated;

import dev.rekey.operation.Operation;
import dev.rekey.operation.SentUpgrade;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.fault.OutsideCalls;
import java.util.Optional;

/** K5 and K8: what was true when Rekey asked ARM to upgrade Kubernetes. */
final class UpgradeOracle implements Oracle {
  private final SimulatedWorld world;
  private final Violations violations;

  UpgradeOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void beforeCall(OutsideCalls.Observed observed) {
    if (observed.call().port().equals("ManagedClusters.upgradeKubernetes")) {
      Optional<Operation> active = world.records.active(world.name).map(Stored::value);
      Optional<SentUpgrade> intent = active.flatMap(Operation::upgrade);
      violations.check(intent.isPresent(), "K5", "an upgrade is sent that no record knows of");
      violations.check(
          active.map(operation -> operation.route().upgradeTo()).isPresent(),
          "K8",
          "an upgrade is sent that nobody has asked for");
      intent.filter(this::isOfThisState).ifPresent(sent -> allIsPlain());
    }
  }

  /** Otherwise ARM refuses it. */
  private boolean isOfThisState(SentUpgrade intent) {
    return world.arm.etagShown(world.name).equals(intent.etag());
  }

  private void allIsPlain() {
    boolean isPlain =
        world.cluster.oracle().secrets().stream()
            .map(StorageOracle::keyId)
            .allMatch(StorageOracle.PLAIN::equals);
    boolean unseen = world.writtenBehind.isAnyUnseen() || world.happened.wasLiedTo();
    violations.check(isPlain || unseen, "K8", "an upgrade is sent while Secrets lie under KMS v1");
  }
}
