/** Real accidents, built into the engine one at a time: each must be found out. */
package dev.rekey.reliability.museum;
