/** Composition: which parts make up a running Rekey, one class per way to run it. */
@NullMarked
package dev.rekey.app;

import org.jspecify.annotations.NullMarked;
