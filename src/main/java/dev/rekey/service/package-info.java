/** Use cases. They observe, let a step decide, save the intent, act, and observe again. */
@NullMarked
package dev.rekey.service;

import org.jspecify.annotations.NullMarked;
