/** The simulated Azure Resource Manager over HTTP, as far as AKS clusters need it. */
@NullMarked
package dev.rekey.simulation.azure.http.arm;

import org.jspecify.annotations.NullMarked;
