package dev.rekey.app.simulated;

import dev.rekey.fleet.RetireVerdict;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.service.Conduct;
import dev.rekey.service.KeyReport;
import dev.rekey.service.ReportKeys;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import java.util.List;

/**
 * T1: whoever asks which key versions may go, and follows that advice, takes none from the cluster
 * that is in a slot or that a Secret in etcd lies under. Asked is whenever something may have
 * changed of it.
 */
final class VerdictOracle implements Oracle {
  private final SimulatedWorld world;
  private final Violations violations;
  private List<Object> seen = List.of();

  VerdictOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void afterStep() {
    if (world.isObservedOnly()) {
      return;
    }
    List<Object> now = now();
    if (!now.equals(seen)) {
      seen = now;
      ask();
    }
  }

  private List<Object> now() {
    long ended = world.operations().stream().filter(operation -> !operation.isActive()).count();
    return List.of(ended, world.controlPlane.slots(), world.arm.keyIdShown(world.name));
  }

  private void ask() {
    try {
      new ReportKeys(world.unwatched, Conduct.auto(Cloud.PUBLIC))
          .report().keys().stream()
              .flatMap(key -> key.versions().stream())
              .filter(version -> version.verdict() instanceof RetireVerdict.NotNeeded)
              .map(KeyReport.Version::id)
              .forEach(this::mayGo);
    } catch (OutsideFault noAnswer) {
      // Who gets no answer retires nothing.
    }
  }

  private void mayGo(KeyId version) {
    violations.check(
        !world.controlPlane.slots().contains(version.url()),
        "T1",
        "a key version is said not to be needed that is in a slot");
    boolean isForgotten =
        world.cluster.oracle().secrets().stream()
            .filter(secret -> StorageOracle.keyId(secret).equals(Envelopes.keyIdOf(version.url())))
            .anyMatch(secret -> !isLeftBehind(secret));
    violations.check(
        !isForgotten || world.happened.wasLiedTo() || world.disturbances().haveLostSecrets(),
        "T1",
        "a key version is said not to be needed that Secrets lie under");
  }

  /** What others leave behind after the last look of a proof, nobody can know. */
  private boolean isLeftBehind(StoredSecret secret) {
    return world.operations().stream()
        .anyMatch(operation -> world.writtenBehind.isAfterProof(operation, secret));
  }
}
