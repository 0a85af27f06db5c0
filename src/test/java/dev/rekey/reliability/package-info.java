/** Every fault at every call: the sweeps that the promises are checked by. */
package dev.rekey.reliability;
