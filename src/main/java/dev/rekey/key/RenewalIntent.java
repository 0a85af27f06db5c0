package dev.rekey.key;

import java.time.Instant;

/**
 * That a new version of a key is about to be made, saved before the vault is asked for it.
 *
 * @param expiring the version that it is to follow
 * @param at when it was saved
 */
public record RenewalIntent(KeyId expiring, Instant at) {}
