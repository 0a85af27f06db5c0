package dev.rekey.benchmark;

import java.util.List;

/** Somebody who can rewrite every Secret of a cluster. */
interface Client {
  String name();

  /**
   * Rewrites every Secret, each of which is stale. Returns when the client has ended.
   *
   * @param watch told of every process that belongs to the client
   * @return the stretches of time to report, at least one
   */
  List<Phase> run(Stage stage, ProcessWatch watch);
}
