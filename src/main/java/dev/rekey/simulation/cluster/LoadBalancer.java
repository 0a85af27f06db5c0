package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Gives each fresh connection to one of the API servers that run. */
public final class LoadBalancer {

  /** Which one. */
  public enum Choice {
    IN_TURN,
    AT_RANDOM
  }

  private final List<SimulatedReplica> replicas;
  private final Choice choice;
  private final RandomGenerator random;
  private int turn;

  LoadBalancer(List<SimulatedReplica> replicas, Choice choice, RandomGenerator random) {
    this.replicas = replicas;
    this.choice = choice;
    this.random = random;
  }

  /**
   * The server that a fresh connection ends at; null if none is running. An unready one is not left
   * out.
   */
  public @Nullable SimulatedReplica connect() {
    List<SimulatedReplica> alive = replicas.stream().filter(SimulatedReplica::isAlive).toList();
    if (alive.isEmpty()) {
      return null;
    }
    int index = choice == Choice.IN_TURN ? turn++ % alive.size() : random.nextInt(alive.size());
    return alive.get(index);
  }
}
