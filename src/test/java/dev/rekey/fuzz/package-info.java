/** What the fuzz tests of all rooms share. */
package dev.rekey.fuzz;
