package dev.rekey.reencryption;

import java.util.List;

/**
 * What a pass came to.
 *
 * @param after the scrape after the last patch
 * @param tally what became of its Secrets
 * @param exceptions the first of its exceptions; all of them stay with their shards
 * @param unread exceptions, of all, whose stored object the API servers' counters do not speak for
 */
public record PassOutcome(
    Scrape after, Tally tally, List<SecretException> exceptions, long unread, PassVerdict verdict) {

  /**
   * Exceptions that are kept here: a few tell what is wrong, and thousands would not fit into a
   * row.
   */
  private static final int MOST_EXCEPTIONS = 200;

  public PassOutcome {
    exceptions = List.copyOf(exceptions);
  }

  static PassOutcome of(Scrape after, Tally tally, List<SecretException> all, PassVerdict verdict) {
    long unread = all.stream().filter(exception -> !exception.reason().wasRead()).count();
    return new PassOutcome(
        after, tally, all.subList(0, Math.min(MOST_EXCEPTIONS, all.size())), unread, verdict);
  }
}
