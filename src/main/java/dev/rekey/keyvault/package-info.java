/** Key Vault, through Azure's own client. */
@NullMarked
package dev.rekey.keyvault;

import org.jspecify.annotations.NullMarked;
