/** An operation as a list of steps: facts in, decisions out. Pure: no clock, no JSON, no SDK. */
@NullMarked
package dev.rekey.operation;

import org.jspecify.annotations.NullMarked;
