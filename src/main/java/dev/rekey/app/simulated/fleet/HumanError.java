package dev.rekey.app.simulated.fleet;

import java.time.Instant;

/**
 * Something that a person does wrong.
 *
 * @param cluster the number of the cluster that it is done to, or whose key or vault it is
 * @param at when
 * @param mendedAt when somebody begins to put it right, at most ten days later
 * @param choice decides where there is a choice: the same number decides in the same way
 */
record HumanError(ErrorKind kind, int cluster, Instant at, Instant mendedAt, int choice) {}
