package dev.rekey.simulation.cluster.replica;

/** Hears what happens in the cluster, one line each. The same seed tells the same story. */
@FunctionalInterface
public interface EventLog {
  EventLog SILENT = line -> {};

  void add(String line);
}
