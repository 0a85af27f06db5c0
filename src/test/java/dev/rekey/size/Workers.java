package dev.rekey.size;

import java.time.Duration;
import java.util.List;
import java.util.PriorityQueue;

/** What several workers that share the shards of a pass would take, in the order of the shards. */
final class Workers {
  private Workers() {}

  /** When the last of them is done, if each takes the next shard as soon as it is free. */
  static Duration allDone(int workers, List<Duration> shards) {
    PriorityQueue<Duration> free = new PriorityQueue<>();
    for (int worker = 0; worker < workers; worker++) {
      free.add(Duration.ZERO);
    }
    shards.forEach(shard -> free.add(free.remove().plus(shard)));
    return free.stream().max(Duration::compareTo).orElseThrow();
  }

  /** When they would be done if no one ever waited for another. */
  static Duration ideal(int workers, List<Duration> shards) {
    return shards.stream().reduce(Duration.ZERO, Duration::plus).dividedBy(workers);
  }
}
