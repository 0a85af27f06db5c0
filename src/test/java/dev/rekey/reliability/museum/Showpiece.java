package dev.rekey.reliability.museum;

import java.util.List;
import java.util.Optional;

/** What the museum shows: a defect of the engine, and the worlds in which it is found out. */
interface Showpiece {

  /**
   * How a defect was found out.
   *
   * @param world the place in the sweep, from 0
   */
  record Found(int world, List<String> violations) {}

  /** The first world in which the defect breaks its promise. */
  Optional<Found> found();

  /** What is broken in the same worlds, up to that one, without the defect: nothing. */
  List<String> brokenWithoutIt(int world);

  /** A line of the table in docs/reliability.md. */
  String row(Found found);
}
