package dev.rekey.reencryption;

import java.time.Instant;

/**
 * What is remembered of a Secret that got no final answer, when its shard is handed on.
 *
 * @param times looks without an answer so far
 * @param notBefore when the server allows the next one
 */
public record Tried(int times, Instant notBefore) {}
