/**
 * A whole world in memory and in virtual time: vault, ARM, API servers, etcd. The same seed takes
 * the same course.
 */
@NullMarked
package dev.rekey.simulation;

import org.jspecify.annotations.NullMarked;
