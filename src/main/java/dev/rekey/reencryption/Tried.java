package dev.rekey.reencryption;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a Secret that got no final answer, when its shard is handed on.
 *
 * @param times looks without an answer so far; those that the server put off don't count
 * @param notBefore when the server allows the next one
 * @param putOffSince when the server first put off a look at it; null if it never did
 */
public record Tried(int times, Instant notBefore, @Nullable Instant putOffSince) {}
