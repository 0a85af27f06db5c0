package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.Transformers;
import dev.rekey.simulation.time.VirtualTime;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks after every provider of one loaded configuration until another is loaded or the process
 * ends.
 */
final class ProviderPolls {
  private final List<ProviderPoll> polls;
  private final boolean whenLookedAt;

  /**
   * @param whenLookedAt whether nothing is asked but what somebody looks at
   */
  ProviderPolls(Transformers transformers, VirtualTime time, boolean whenLookedAt) {
    this.whenLookedAt = whenLookedAt;
    polls =
        IntStream.range(0, transformers.size())
            .filter(transformers::needsPolling)
            .mapToObj(index -> new ProviderPoll(transformers, index, time))
            .toList();
  }

  void start() {
    polls.forEach(whenLookedAt ? ProviderPoll::ask : ProviderPoll::start);
  }

  /** Somebody is about to look at the server. */
  void areLookedAt() {
    if (whenLookedAt) {
      polls.forEach(ProviderPoll::catchUp);
    }
  }

  void stop() {
    polls.forEach(ProviderPoll::stop);
  }

  /** Asks all of them now. */
  boolean allWell() {
    return polls.stream().allMatch(ProviderPoll::ask);
  }

  /** What {@code /readyz/kms-providers} says. */
  boolean areHealthy() {
    return polls.stream().allMatch(ProviderPoll::isHealthy);
  }
}
