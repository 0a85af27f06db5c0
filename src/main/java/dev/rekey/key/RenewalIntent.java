package dev.rekey.key;

import java.time.Instant;

/**
 * That a new version of a key is about to be made, or the expiry of one moved on, saved before the
 * vault is asked for it.
 *
 * @param expiring the version that the new one is to follow, or whose expiry is to be moved on
 * @param at when it was saved
 */
public record RenewalIntent(KeyId expiring, Instant at) {}
