/** Key versions, the two slots, the ledger, and the hash under which an API server names a key. */
@NullMarked
package dev.rekey.key;

import org.jspecify.annotations.NullMarked;
