package dev.rekey.service;

import dev.rekey.fleet.Wave;
import dev.rekey.fleet.Waves;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.operation.Opening;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Start;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What holds back a rotation that is due, so that it doesn't begin by itself. The first that is so:
 *
 * <ol>
 *   <li>The cluster is only observed.
 *   <li>An earlier wave on the same key isn't proved on the version, and no person has released
 *       this one.
 *   <li>It was refused before and nothing has changed, or a person has led the cluster back from
 *       the version, or declined it.
 *   <li>The cluster's maintenance window is closed, or can't be read. Not where a person must
 *       approve first: beginning to wait for them changes nothing, and the update waits for the
 *       window all the same.
 *   <li>So many operations are under way that no more is begun. Not where a person must approve.
 * </ol>
 *
 * <p>What costs most is asked for last, and only here: where a rotation is due.
 */
final class HoldBack {
  /** Needs a person, as the others do not. */
  static final String WINDOW_UNREADABLE = "window-unreadable";

  private final Ports ports;
  private final Conduct conduct;
  private final FleetLook fleet;

  HoldBack(Ports ports, Conduct conduct, FleetLook fleet) {
    this.ports = ports;
    this.conduct = conduct;
    this.fleet = fleet;
  }

  /** Empty if the rotation may begin. */
  Optional<Hold> from(ClusterLook look, Start.Rotate rotate) {
    Mode mode = conduct.mode().with(look.cluster().tags());
    if (mode == Mode.OBSERVE) {
      return Optional.of(new Hold("observe-only", null));
    }
    Optional<Hold> first = byWave(look, rotate.to()).or(() -> byItsPast(look, rotate.to()));
    return mode == Mode.APPROVE
        ? first
        : first.or(() -> byWindow(look.cluster())).or(this::byLimit);
  }

  private Optional<Hold> byWave(ClusterLook look, KeyId target) {
    Wave wave = Wave.of(look.cluster().tags());
    if (wave.equals(Wave.FIRST)) {
      return Optional.empty(); // whatever the others are at
    }
    Optional<Waves.Held> held = fleet.waves(look, target).held(wave);
    boolean released =
        held.isPresent() && fleet.releases(target.key()).allowing(wave, target).isPresent();
    return released ? Optional.empty() : held.map(by -> new Hold("held-by-wave", text(by, target)));
  }

  private String text(Waves.Held held, KeyId target) {
    return held.text()
        + held.cluster().map(this::standing).orElse("")
        + "; the version is "
        + target;
  }

  /** What the one that all wait for is at. */
  private String standing(ClusterName cluster) {
    Optional<Operation> active = ports.records().active(cluster).map(Stored::value);
    if (active.isPresent()) {
      return ": its " + active.get().kind().token() + standing(active.get().progress().pending());
    }
    List<Operation> all = ports.records().operations(cluster);
    return all.isEmpty() ? "" : last(all.get(all.size() - 1));
  }

  private static String standing(@Nullable Pending pending) {
    if (pending == null) {
      return " has just begun";
    }
    String how = pending.doing() == Pending.Doing.STALLED ? " has stalled at " : " is at ";
    return how + pending.step().token() + " (" + pending.reason().token() + ")";
  }

  private static String last(Operation operation) {
    Ending ending = operation.progress().ending();
    return ending == null
        ? ""
        : ": its last "
            + operation.kind().token()
            + " was "
            + ending.outcome().token()
            + " ("
            + ending.reason().token()
            + ")";
  }

  private Optional<Hold> byItsPast(ClusterLook look, KeyId target) {
    return new EarlierRefusal(ports)
        .against(look, fleet.ledger(look.cluster()), target)
        .map(idle -> new Hold(idle.token(), null));
  }

  private Optional<Hold> byWindow(ManagedCluster cluster) {
    Instant now = ports.time().instant();
    Opening opening = new LookAtWindow(ports).of(cluster, now);
    if (opening.isOpen(now)) {
      return Optional.empty();
    }
    String reason = opening.readable() ? "outside-window" : WINDOW_UNREADABLE;
    return Optional.of(new Hold(reason, opening.text()));
  }

  private Optional<Hold> byLimit() {
    ChangesUnderWay underWay = fleet.underWay();
    return underWay.areAtTheirLimit()
        ? Optional.of(new Hold(ChangesUnderWay.AT_THEIR_LIMIT, underWay.text()))
        : Optional.empty();
  }
}
