package dev.rekey.app.simulated;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Kind;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Origin;
import dev.rekey.service.Conduct;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestOperation;
import dev.rekey.simulation.azure.UsualNeighbours;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A person who has the cluster led to another key of its vault, and from there to the key of
 * another vault, which by the seed is private. Asks again as long as it hasn't come about.
 */
final class GoingElsewhere {
  private static final VaultKey OTHER_KEY = new VaultKey("example.vault.azure.net", "etcd-2");
  private static final String OTHER_VAULT = "elsewhere";
  private static final VaultKey OTHER_VAULTS_KEY =
      new VaultKey(OTHER_VAULT + ".vault.azure.net", "etcd");
  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final Duration BETWEEN_WISHES = Duration.ofMinutes(20);
  private static final Duration MOST_PATIENT = Duration.ofHours(12);

  private final SimulatedWorld world;
  private final RequestOperation request;
  private int said;

  GoingElsewhere(SimulatedWorld world) {
    this.world = world;
    this.request = new RequestOperation(world.ports, Conduct.auto(Cloud.PUBLIC));
  }

  void play() {
    lead(OTHER_KEY, NetworkAccess.PUBLIC, null);
    String vault =
        new UsualNeighbours(world.arm.neighbours()).around(world.arm.body(world.name), OTHER_VAULT);
    if (world.shape.seed() % 2 == 0) {
      lead(OTHER_VAULTS_KEY, NetworkAccess.PUBLIC, null);
    } else {
      world.arm.integrateApiServers(world.name);
      world.arm.neighbours().openVault(vault, false);
      lead(OTHER_VAULTS_KEY, NetworkAccess.PRIVATE, vault);
    }
  }

  private void lead(VaultKey key, NetworkAccess access, @Nullable String vault) {
    KeyId target = world.vault.createVersion(key);
    world.keys.name(target);
    Instant end = world.time.instant().plus(MOST_PATIENT);
    Instant next = world.time.instant();
    while (!isLedTo(world, target) && world.time.instant().isBefore(end)) {
      if (!world.time.instant().isBefore(next)) {
        ask(target, access, vault);
        next = world.time.instant().plus(BETWEEN_WISHES);
      }
      world.passTheTime(A_MOMENT);
    }
  }

  /** Whether an evidence says that the cluster was rotated to it. */
  static boolean isLedTo(SimulatedWorld world, KeyId target) {
    return world.operations().stream()
        .filter(operation -> operation.kind() == Kind.ROTATE && target.equals(operation.to()))
        .anyMatch(operation -> world.records.evidence(world.name, operation.id()).isPresent());
  }

  private void ask(KeyId target, NetworkAccess access, @Nullable String vault) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "somebody", "a wish", "wish " + ++said);
    OperationRequest wish =
        new OperationRequest(world.name, Kind.ROTATE, null, target, access, vault, origin);
    world.host.ask(() -> request.request(wish));
  }
}
