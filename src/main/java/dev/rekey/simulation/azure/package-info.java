/**
 * Key Vault and Azure Resource Manager as far as Rekey meets them, in one process and at a given
 * time.
 */
@NullMarked
package dev.rekey.simulation.azure;

import org.jspecify.annotations.NullMarked;
