/**
 * Composition of the command line: the engine in one process, with a kubeconfig or a simulated
 * world. No part of the function app.
 */
@NullMarked
package dev.rekey.app.commandline;

import org.jspecify.annotations.NullMarked;
