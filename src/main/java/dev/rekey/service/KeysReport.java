package dev.rekey.service;

import java.util.List;

/**
 * How every key stands that a cluster in scope uses, or has used as far as is recorded.
 *
 * @param keys ordered by their URLs
 * @param notLookedAt for each scope or cluster that could not be looked at: why, in our own words
 */
public record KeysReport(List<KeyReport> keys, List<String> notLookedAt) {

  public KeysReport {
    keys = List.copyOf(keys);
    notLookedAt = List.copyOf(notLookedAt);
  }

  /** Whether everything that was to be looked at has given an answer. */
  public boolean isComplete() {
    return notLookedAt.isEmpty() && keys.stream().allMatch(key -> key.notLookedAt() == null);
  }
}
