/** Key Vault over HTTP. */
@NullMarked
package dev.rekey.simulation.azure.http.vault;

import org.jspecify.annotations.NullMarked;
