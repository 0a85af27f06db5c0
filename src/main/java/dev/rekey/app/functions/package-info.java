/** Composition of the function app. */
@NullMarked
package dev.rekey.app.functions;

import org.jspecify.annotations.NullMarked;
