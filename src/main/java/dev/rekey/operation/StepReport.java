package dev.rekey.operation;

import java.time.Instant;

/**
 * A step that has done what it promises.
 *
 * @param number its place in the operation's list, from 0
 */
public record StepReport(
    int number, StepName step, Reason reason, Instant startedAt, Instant endedAt) {}
