/** Our own memory: tables, queues, and the texts that are kept in them. */
@NullMarked
package dev.rekey.storage;

import org.jspecify.annotations.NullMarked;
