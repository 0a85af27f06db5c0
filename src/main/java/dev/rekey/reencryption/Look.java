package dev.rekey.reencryption;

import java.time.Duration;

/**
 * One empty patch and its answer.
 *
 * @param took time from sending to the whole answer
 */
public record Look(SecretRef secret, PatchAnswer answer, Duration took) {}
