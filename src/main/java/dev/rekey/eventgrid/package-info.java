/** What Event Grid sends: texts in, key events out. */
@NullMarked
package dev.rekey.eventgrid;

import org.jspecify.annotations.NullMarked;
