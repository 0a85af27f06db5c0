package dev.rekey.app.simulated;

import dev.rekey.key.KeyEventType;

/**
 * An event that arrives.
 *
 * @param version of which version of the key it tells, the first being 1
 */
public record Arrival(KeyEventType type, int version) {}
