package dev.rekey.operation.preflight;

/**
 * A scale set that holds the nodes of a pool.
 *
 * @param pool the pool's name
 * @param capacity how many nodes it really has
 */
public record ScaleSet(String pool, int capacity) {}
