/**
 * What is checked before a change of KMS on a cluster: what was read around it, the list of checks,
 * and what each found. Pure, as every step is.
 */
@NullMarked
package dev.rekey.operation.preflight;

import org.jspecify.annotations.NullMarked;
