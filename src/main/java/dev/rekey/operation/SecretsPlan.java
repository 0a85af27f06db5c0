package dev.rekey.operation;

import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.Estimate;
import org.jspecify.annotations.Nullable;

/**
 * What a rewrite of a cluster's Secrets would take and meet.
 *
 * @param scan what stands in the way of some; null if they could not be listed
 * @param estimate how many Secrets and shards, and how long writing and proving will take; null if
 *     they could not be listed, or nobody asked
 * @param notListed why they could not be listed; null if they were
 */
public record SecretsPlan(
    @Nullable DryScan scan, @Nullable Estimate estimate, @Nullable String notListed) {}
