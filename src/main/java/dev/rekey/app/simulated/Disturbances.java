package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.simulation.cluster.OtherClient;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.cluster.secret.SecretContent;
import dev.rekey.simulation.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** What other people, other clients and the platform do while Rekey is at work. */
final class Disturbances {
  private static final Duration LAG = Duration.ofMinutes(5);
  private static final Duration DISABLED_FOR = Duration.ofHours(1);
  private static final Duration WRONG_BY = Duration.ofHours(1);
  private static final Duration WRONG_FOR = Duration.ofMinutes(10);
  private static final Duration UNSEEN_FOR = Duration.ofSeconds(15);
  private static final Duration ROLLS_FOR = Duration.ofMinutes(15);

  private final SimulatedWorld world;
  private final SplittableRandom random;
  private boolean atWork;
  private boolean happened;
  private boolean lost;
  private boolean lagged;
  private boolean movedByHand;
  private @Nullable Instant movedAt;
  private int made;

  Disturbances(SimulatedWorld world, SplittableRandom random) {
    this.world = world;
    this.random = random;
  }

  boolean areAtWork() {
    return atWork;
  }

  /** Whether anything of the kind has happened at all. */
  boolean haveHappened() {
    return happened;
  }

  /**
   * Whether others have lost a Secret: by moving the cluster on by hand while Secrets lay under a
   * dropped version, or by writing through an API server that still had one, or by leaving one
   * behind.
   */
  boolean haveLostSecrets() {
    return lost || (lagged && movedByHand);
  }

  /** Whether it is for others to go on. */
  boolean haveTakenOver() {
    return haveLostSecrets() || movedByHand;
  }

  void happen(Fault disturbance) {
    happened |= disturbance.changesWhatIsWanted();
    atWork = true;
    world.keys.shown(); // what ARM was at and has come to its end, it notices before
    try {
      switch (disturbance) {
        case SOMEBODY_EDITS -> edit();
        case SOMEBODY_CREATES -> create();
        case SOMEBODY_DELETES -> delete();
        case SOMEBODY_READS_ALL -> world.cluster.readAllByAnother();
        case SERVER_RESTARTS -> restart();
        case SERVER_JOINS -> join();
        case SERVER_LAGS -> lag();
        case SERVER_COMPACTS -> world.cluster.snapshots().compact();
        case NEWER_VERSION -> world.makeVersion();
        case NEWEST_DISABLED -> disable();
        case CLOCK_AHEAD -> mislead(WRONG_BY);
        case CLOCK_BEHIND -> mislead(WRONG_BY.negated());
        case MOVED_BY_HAND -> move();
        case RELEASE_ROLLS -> roll();
        default -> throw new IllegalArgumentException(disturbance.token());
      }
    } finally {
      atWork = false;
    }
  }

  /** Whether API servers are still loading what somebody asked for by hand. */
  boolean areRolling() {
    return movedByHand && !world.controlPlane.hasRolled(world.name);
  }

  /**
   * Whether somebody has moved the cluster so shortly ago that nobody could have seen it in time:
   * ARM shows it at once, but between a look at ARM and the writes that lean on it some seconds
   * pass, and an API server that restarts just then writes with what was set.
   */
  boolean haveJustMoved() {
    return movedAt != null && world.time.instant().isBefore(movedAt.plus(UNSEEN_FOR));
  }

  private void move() {
    movedAt = world.time.instant();
    world.moveOn();
    noteMoved(true);
  }

  /**
   * Another client has written, through an API server that may have been left behind with a key
   * that the cluster has dropped.
   */
  void noteWritten(StoredSecret secret) {
    lost |= !world.envelopes.isInSlot(secret);
    String shown = KeyView.keyIdOf(world.keys.settings());
    if (lagged && !StorageOracle.keyId(secret).equals(shown)) {
      world.writtenBehind.note(secret, world.clock.instant());
    }
  }

  /** Others have left a Secret behind that nobody could see in time. */
  void noteLeftBehind() {
    lost = true;
  }

  /**
   * Somebody has moved the cluster to another version.
   *
   * @param inTheMiddle whether an operation was under way, which will not go on against that
   */
  void noteMoved(boolean inTheMiddle) {
    movedByHand |= inTheMiddle;
    lost |= !world.envelopes.isEverySecretInSlot();
    world.envelopes.noteDroppedByOthers();
  }

  private void edit() {
    StoredSecret some = any();
    if (some != null) {
      write(some);
    }
  }

  private void write(StoredSecret secret) {
    client()
        .edit(
            secret.key().namespace(),
            secret.key().name(),
            content -> content.withAnnotation("edited", Integer.toString(++made)));
  }

  /** Another client writes this Secret, as far as it can be read. */
  void edit(StoredSecret secret) {
    atWork = true;
    try {
      write(secret);
    } finally {
      atWork = false;
    }
  }

  private void create() {
    client().create("team-00", "made-" + ++made, SecretContent.opaque(Map.of("password", "aGk=")));
  }

  private void delete() {
    StoredSecret some = any();
    if (some != null) {
      client().delete(some.key().namespace(), some.key().name());
    }
  }

  private void restart() {
    List<SimulatedReplica> alive = alive();
    if (!alive.isEmpty()) {
      alive.get(random.nextInt(alive.size())).restart();
    }
  }

  private void join() {
    List<SimulatedReplica> alive = alive();
    if (!alive.isEmpty()) {
      SimulatedReplica joined = world.cluster.add(alive.get(0).configuration());
      joined.start();
      joined.configure(world.controlPlane.configuration());
    }
  }

  /** One API server reads all that the others do, and goes on writing with the key before. */
  private void lag() {
    EncryptionConfiguration before = before(world.controlPlane.slots());
    List<SimulatedReplica> alive = alive();
    if (before == null || alive.isEmpty()) {
      return;
    }
    SimulatedReplica late = alive.get(random.nextInt(alive.size()));
    late.stage(before);
    if (late.reload()) {
      lagged = true;
      world.time.after(LAG, () -> late.configure(world.controlPlane.configuration()));
    } else {
      late.stage(world.controlPlane.configuration());
    }
  }

  private @Nullable EncryptionConfiguration before(List<String> slots) {
    if (!world.keys.isOn() && !slots.isEmpty()) {
      return EncryptionConfiguration.encrypted(slots.get(0));
    }
    return slots.size() < 2 ? null : EncryptionConfiguration.encrypted(slots.get(1), slots.get(0));
  }

  private void disable() {
    KeyId newest = world.keys.newestWanted();
    world.vault.setEnabled(newest, false);
    world.time.after(DISABLED_FOR, () -> world.vault.setEnabled(newest, true));
  }

  private void mislead(Duration by) {
    world.clock.show(by);
    world.time.after(WRONG_FOR, () -> world.clock.show(Duration.ZERO));
  }

  private void roll() {
    world.releases().roll();
    world.time.after(ROLLS_FOR, () -> world.releases().haveRolled());
  }

  private List<SimulatedReplica> alive() {
    return world.cluster.replicas().stream().filter(SimulatedReplica::isAlive).toList();
  }

  private @Nullable StoredSecret any() {
    List<StoredSecret> all = world.cluster.oracle().secrets();
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private OtherClient client() {
    return world.cluster.otherClient();
  }
}
