package dev.rekey.reencryption;

import org.jspecify.annotations.Nullable;

/**
 * Where Secrets lie elsewhere than under the key that they should lie under.
 *
 * @param name the one Secret; null for a namespace
 * @param key the label of the key; {@link dev.rekey.key.KeyIdHash#PLAIN} for plain ones
 * @param atMost at most how many of them
 */
public record Place(String namespace, @Nullable String name, String key, long atMost) {}
