package dev.rekey.simulation.cluster;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.PatchLane;
import dev.rekey.simulation.cluster.refusal.Refusals;
import dev.rekey.simulation.cluster.replica.ReplicaLoad;
import dev.rekey.simulation.time.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Patches in flight in virtual time. A patch takes effect when its answer comes; closing the lane
 * loses the answers, not the effects, as when a client dies.
 */
final class SimulatedPatchLane implements PatchLane {
  private final SimulatedCluster cluster;
  private final PatchMode mode;
  private final VirtualTime time;
  private final InstantSource clock;
  private final Deque<Look> arrived = new ArrayDeque<>();
  private @Nullable Connection connection;
  private boolean closed;

  /**
   * @param clock the client's
   */
  SimulatedPatchLane(SimulatedCluster cluster, PatchMode mode, InstantSource clock) {
    this.cluster = cluster;
    this.mode = mode;
    this.time = cluster.time();
    this.clock = clock;
  }

  @Override
  public void submit(SecretRef secret) {
    Instant sent = time.instant();
    Connection used = connect();
    if (used == null) {
      answer(secret, sent, PatchAnswers.CONNECTION_LOST);
      return;
    }
    ReplicaLoad load = used.replica().load();
    if (!load.admitsOneMore()) {
      PatchAnswer throttled = PatchAnswers.of(Refusals.throttled());
      time.at(load.refusedAt(sent), () -> answer(secret, sent, throttled));
      return;
    }
    time.at(load.begin(sent), () -> finish(secret, sent, used));
  }

  @Override
  public @Nullable Look take(Instant until) {
    Instant end = time.instant().plus(Duration.between(clock.instant(), until));
    while (arrived.isEmpty() && time.step(end)) {}
    return arrived.poll();
  }

  @Override
  public void close() {
    closed = true;
    arrived.clear();
  }

  private void finish(SecretRef secret, Instant sent, Connection used) {
    used.replica().load().end();
    PatchAnswer answer =
        used.isBroken()
            ? PatchAnswers.CONNECTION_LOST
            : PatchAnswers.ask(used.replica(), secret, mode);
    answer(secret, sent, answer);
  }

  private void answer(SecretRef secret, Instant sent, PatchAnswer answer) {
    if (!closed) {
      arrived.add(new Look(secret, answer, Duration.between(sent, time.instant())));
    }
  }

  private @Nullable Connection connect() {
    boolean fresh =
        cluster.shape().spread() == LaneSpread.EACH_REQUEST
            || connection == null
            || connection.isBroken();
    if (fresh) {
      connection = Connection.open(cluster.loadBalancer());
    }
    return connection;
  }
}
