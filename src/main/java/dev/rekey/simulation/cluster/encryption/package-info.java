/**
 * How a simulated API server encrypts what it stores: an ordered list of providers, the KMS v2
 * envelope, its data keys, and the counters that tell of them.
 */
@NullMarked
package dev.rekey.simulation.cluster.encryption;

import org.jspecify.annotations.NullMarked;
