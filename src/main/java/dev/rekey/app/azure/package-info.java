/** Azure for whichever skin: adapters of one credential and one transport. */
@NullMarked
package dev.rekey.app.azure;

import org.jspecify.annotations.NullMarked;
