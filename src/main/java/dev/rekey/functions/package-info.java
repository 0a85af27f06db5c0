/**
 * The functions, as the Azure Functions host calls them: each takes texts, calls one method of the
 * app and hands on what comes of it.
 */
@NullMarked
package dev.rekey.functions;

import org.jspecify.annotations.NullMarked;
