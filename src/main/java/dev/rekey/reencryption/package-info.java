/**
 * What happens to Secrets: shards, looks, outcomes, tallies, pacing, and what the API servers'
 * counters say.
 */
@NullMarked
package dev.rekey.reencryption;

import org.jspecify.annotations.NullMarked;
