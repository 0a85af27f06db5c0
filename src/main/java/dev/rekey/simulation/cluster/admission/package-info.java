/**
 * What stands in the way of a write on a simulated cluster: policies, webhooks, validation, rights.
 */
@NullMarked
package dev.rekey.simulation.cluster.admission;

import org.jspecify.annotations.NullMarked;
