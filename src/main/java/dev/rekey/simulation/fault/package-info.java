/**
 * Faults at the calls that the engine makes to the outside. A plan of them is data: the numbers of
 * calls and what happens at each, so that the same world with the same plan takes the same course.
 */
@NullMarked
package dev.rekey.simulation.fault;

import org.jspecify.annotations.NullMarked;
