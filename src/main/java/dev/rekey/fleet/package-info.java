/**
 * What is to be said of several clusters together: waves of clusters that share a key, maintenance
 * windows, whether a key version is still needed by any of them, and what of it a person should see
 * to.
 */
@NullMarked
package dev.rekey.fleet;

import org.jspecify.annotations.NullMarked;
