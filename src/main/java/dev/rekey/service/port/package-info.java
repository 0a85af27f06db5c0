/**
 * What the use cases need from the outside, in the words of the design. No SDK type crosses a port.
 */
@NullMarked
package dev.rekey.service.port;

import org.jspecify.annotations.NullMarked;
