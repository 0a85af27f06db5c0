package dev.rekey.service;

import dev.rekey.reencryption.SecretException;
import dev.rekey.reencryption.SecretRef;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a list is to find: every Secret, or those that were exceptions. These are listed too, not
 * taken from the records, so that one which has gone is not looked for, and each comes with the
 * version that it has now.
 */
final class WantedSecrets {
  static final WantedSecrets ALL = new WantedSecrets(null);

  /** Stands for every Secret of a namespace that could not be listed to its end. */
  private static final String EVERY = "*";

  private final @Nullable Map<String, Set<String>> names;

  private WantedSecrets(@Nullable Map<String, Set<String>> names) {
    this.names = names;
  }

  static WantedSecrets these(Iterable<SecretException> exceptions) {
    Map<String, Set<String>> names = new HashMap<>();
    exceptions.forEach(
        one -> names.computeIfAbsent(one.namespace(), unused -> new HashSet<>()).add(one.name()));
    return new WantedSecrets(names);
  }

  boolean anyIn(String namespace) {
    return names == null || names.containsKey(namespace);
  }

  boolean holds(SecretRef secret) {
    if (names == null) {
      return true;
    }
    Set<String> wanted = names.getOrDefault(secret.namespace(), Set.of());
    return wanted.contains(secret.name()) || wanted.contains(EVERY);
  }
}
