/** The command line: parses, calls a use case, shows the result. */
@NullMarked
package dev.rekey.cli;

import org.jspecify.annotations.NullMarked;
