/**
 * How a new cluster is made that encrypts its Secrets with a key of its owner's from the first one
 * on: what is wanted, and the same as commands and as Bicep. Only texts; nothing is contacted.
 */
@NullMarked
package dev.rekey.operation.recipe;

import org.jspecify.annotations.NullMarked;
