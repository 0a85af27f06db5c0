package dev.rekey.app.simulated;

import dev.rekey.key.KeyEvent;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.StartOperation;
import dev.rekey.service.SteerOperation;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.azure.NewVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What persons and the vault do at the beginning of a scenario. */
final class Beginning {
  private static final Duration A_MOMENT = Duration.ofMinutes(1);
  private static final Duration A_WHILE = Duration.ofHours(1);
  private static final Duration MOST_PATIENT = Duration.ofHours(6);

  private final SimulatedWorld world;
  private final Setup setup;
  private final Neglect neglect;

  Beginning(SimulatedWorld world, Setup setup) {
    this.world = world;
    this.setup = setup;
    this.neglect = new Neglect(world);
  }

  /** Lets the timer see the cluster for the first time, and lets the scenario begin. */
  void play() {
    world.vault.takeEvents();
    if (Neglect.isAbout(world.shape.scenario())) {
      neglect.rotatedLongAgo();
    }
    world.passTheTime(A_WHILE);
    switch (world.shape.scenario()) {
      case ROTATE -> {
        world.vault.createVersion(SimulatedWorld.KEY);
        if (setup.arrivals() != null) {
          arrive(setup.arrivals());
        }
      }
      case ROTATE_STALE -> {
        movedByHand();
        world.vault.createVersion(SimulatedWorld.KEY);
      }
      case ROTATE_AGAIN -> {
        world.vault.createVersion(SimulatedWorld.KEY);
        awaitRest();
        world.vault.createVersion(SimulatedWorld.KEY);
      }
      case OBSERVED_ONLY -> {
        world.vault.createVersion(SimulatedWorld.KEY);
        world.passTheTime(A_WHILE.multipliedBy(2));
        world.vault.announce(KeyEventType.NEAR_EXPIRY, world.keys.shown());
        start(Kind.ROTATE, KmsSettings.of(world.keys.newest()));
      }
      case RENEW -> {
        world.passTheTime(A_WHILE);
        world.vault.announce(KeyEventType.NEAR_EXPIRY, world.keys.shown());
      }
      case REENCRYPT -> {
        movedByHand();
        start(Kind.REENCRYPT, world.keys.settings());
      }
      case CENSUS -> start(Kind.CENSUS, world.keys.settings());
      case ENABLE -> start(Kind.ENABLE, KmsSettings.of(world.keys.newest()));
      case DISABLE -> start(Kind.DISABLE, KmsSettings.OFF);
      case CHANGE_VAULT_ACCESS ->
          start(
              Kind.CHANGE_VAULT_ACCESS,
              KmsSettings.OFF,
              KmsSettings.ofPrivate(world.keys.shown(), world.vaultResource));
      case RECOVER_EXPIRED_KEY -> {
        KeyId stale = world.keys.shown();
        movedByHand();
        world.cluster.readAllByAnother(); // as clients do all day
        world.vault.setEnabled(stale, false);
        world.vault.createVersion(SimulatedWorld.KEY);
        world.vault.takeEvents(); // somebody asks before the timer finds it
        start(Kind.RECOVER_EXPIRED_KEY, KmsSettings.of(world.keys.newest()));
        do {
          approve(Kind.RECOVER_EXPIRED_KEY);
        } while (new AskingAgain(world).hasAsked());
      }
      case MIGRATE_TO_KMS_V2 -> {
        KmsSettings inUse = world.keys.settings();
        Route route = Route.of(inUse, KmsSettings.OFF, inUse);
        start(Kind.MIGRATE_TO_KMS_V2, route.upgradingTo(Migrating.upgradeTo(world)));
        new Migrating(world).play();
      }
      case RECOVER_DROPPED_KEY -> new BringingBack(world).play();
      case RETURN -> new LeadingBack(world).play();
      case FORGED -> forge();
      case ROTATE_ELSEWHERE -> new GoingElsewhere(world).play();
      case CHANGED_BY_HAND_TWICE -> {
        movedByHand();
        if (world.shape.seed() % 2 == 0) {
          world.cluster.oracle().secrets().forEach(world.disturbances()::edit);
        } else {
          awaitRest();
        }
        movedByHand();
      }
      case PREVIOUS_LEFT_TO_EXPIRE -> neglect.leavePreviousToExpire();
      case NEEDED_DISABLED -> neglect.disableBoth();
      case POINTED_ELSEWHERE -> pointElsewhere();
    }
  }

  /** The API servers load it, and could encrypt everything with it. */
  private void pointElsewhere() {
    boolean inTheMiddle = !world.isAtRest();
    KeyId foreign = world.vault.createVersion(SimulatedWorld.FOREIGN_KEY);
    world.vault.takeEvents();
    world.arm.rotatedByAnother(world.name, foreign);
    world.disturbances().noteMoved(inTheMiddle);
    world.time.advance(A_WHILE);
    world.passTheTime(A_WHILE);
    world.vault.createVersion(SimulatedWorld.FOREIGN_KEY);
    awaitRest();
  }

  /** Another vault's key, of which no API server knows, is about to expire. */
  private void forge() {
    NewVersion expiring =
        NewVersion.rsa().expiring(world.time.instant().plus(SimulatedWorld.LIFETIME));
    KeyId foreign = world.vault.createVersion(SimulatedWorld.FOREIGN_KEY, expiring);
    world.vault.takeEvents();
    world.arm.keyIdWrittenByAnother(world.name, foreign);
    world.passTheTime(A_WHILE.multipliedBy(2));
    world.vault.announce(KeyEventType.NEAR_EXPIRY, foreign);
  }

  private void arrive(Setup.Arrivals arrivals) {
    world.time.advance(Duration.ofSeconds(1)); // of two that are equally new none is the newest
    world.vault.createVersion(SimulatedWorld.KEY);
    world.vault.takeEvents();
    List<KeyVersion> versions = world.vault.allVersions(SimulatedWorld.KEY);
    Duration after = Duration.ZERO;
    for (Arrival arrival : arrivals.events()) {
      KeyId about = versions.get(arrival.version() - 1).id();
      world.queues.deliver(new KeyEvent(arrival.type(), about, null, null), after);
      after = after.plus(arrivals.apart());
    }
  }

  /**
   * Somebody moves the cluster to a new version, once all versions can be used, and leaves the
   * Secrets as they are.
   */
  private void movedByHand() {
    while (world.vault.allVersions(SimulatedWorld.KEY).stream()
        .anyMatch(version -> !version.enabled())) {
      world.passTheTime(A_MOMENT);
    }
    boolean inTheMiddle = !world.isAtRest();
    KeyId moved = world.vault.createVersion(SimulatedWorld.KEY);
    world.vault.takeEvents();
    world.arm.rotatedByAnother(world.name, moved);
    world.disturbances().noteMoved(inTheMiddle);
    world.time.advance(A_WHILE);
  }

  /** Somebody approves the plan once it can be seen, unless it is refused. */
  private void approve(Kind kind) {
    Instant end = world.time.instant().plus(MOST_PATIENT);
    while (awaitsApproval(kind) && world.time.instant().isBefore(end)) {
      world.host.ask(() -> active(kind).ifPresent(this::approve));
      world.passTheTime(A_MOMENT);
    }
  }

  private boolean awaitsApproval(Kind kind) {
    return active(kind)
        .map(operation -> operation.progress().orders().last(Order.Action.APPROVE).isEmpty())
        .orElse(false);
  }

  private Optional<Operation> active(Kind kind) {
    return world
        .records
        .active(world.name)
        .map(Stored::value)
        .filter(operation -> operation.kind() == kind);
  }

  private void approve(Operation operation) {
    if (operation.progress().checked()) {
      Order approval =
          new Order(
              Order.Action.APPROVE,
              "somebody else",
              "the plan was read",
              world.clock.instant(),
              null,
              PlanHash.of(operation));
      new SteerOperation(world.ports).steer(operation.id(), approval);
    }
  }

  /** Until the timer has found nothing to do for a while. */
  private void awaitRest() {
    Instant end = world.time.instant().plus(MOST_PATIENT);
    do {
      world.passTheTime(A_WHILE);
    } while (!world.isAtRest() && world.time.instant().isBefore(end));
  }

  /** Somebody asks for an operation until it has begun. */
  private void start(Kind kind, KmsSettings... to) {
    List<KmsSettings> stops = new ArrayList<>(List.of(to));
    stops.add(0, world.keys.settings());
    start(kind, new Route(stops));
  }

  private void start(Kind kind, Route route) {
    Origin origin = new Origin(Origin.Trigger.HTTP, "somebody", "a simulated wish");
    Instant end = world.time.instant().plus(MOST_PATIENT);
    while (world.operations().stream().noneMatch(operation -> operation.kind() == kind)
        && world.time.instant().isBefore(end)) {
      world.host.ask(() -> new StartOperation(world.ports).start(world.name, kind, route, origin));
      world.passTheTime(A_MOMENT); // another one may be active
    }
  }
}
