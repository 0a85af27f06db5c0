package dev.rekey.reencryption;

import org.jspecify.annotations.Nullable;

/**
 * A Secret that can't be rewritten, with its reason. It names the Secret and nothing in it.
 *
 * @param name the Secret's name; {@code *} for a namespace that can't be listed to its end
 * @param by the policy or webhook that denied it; null where there is none
 */
public record SecretException(
    String namespace, String name, ExceptionReason reason, @Nullable String by) {}
