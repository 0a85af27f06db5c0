/** The managed identity of a function app over HTTP. */
@NullMarked
package dev.rekey.simulation.azure.http.identity;

import org.jspecify.annotations.NullMarked;
