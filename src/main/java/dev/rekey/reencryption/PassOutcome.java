package dev.rekey.reencryption;

/**
 * What a pass came to.
 *
 * @param after the scrape after the last patch
 * @param tally what became of its Secrets
 * @param exceptions how many of each kind; their names stay with the shards
 */
public record PassOutcome(
    Scrape after, Tally tally, ExceptionCounts exceptions, PassVerdict verdict) {}
