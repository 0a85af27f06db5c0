/** The steps, each one pure decision, and the lists of them that make up an operation. */
@NullMarked
package dev.rekey.operation.step;

import org.jspecify.annotations.NullMarked;
