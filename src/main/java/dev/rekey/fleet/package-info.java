/**
 * What is to be said of several clusters together: waves of clusters that share a key, maintenance
 * windows, and whether a key version is still needed by any of them.
 */
@NullMarked
package dev.rekey.fleet;

import org.jspecify.annotations.NullMarked;
