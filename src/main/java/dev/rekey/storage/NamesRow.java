package dev.rekey.storage;

import dev.rekey.reencryption.SecretRef;
import java.util.ArrayList;
import java.util.List;

/**
 * The names of a shard's Secrets as a row holds them. What Secrets in a row have in common, which
 * is namespace and list, stands there once: that is most of what the records of a large cluster
 * are.
 */
record NamesRow(List<Part> parts) {

  /** Secrets of one namespace that were listed at the same version, in their order. */
  record Part(String namespace, String resourceVersion, List<String> names) {
    boolean takes(SecretRef secret) {
      return namespace.equals(secret.namespace())
          && resourceVersion.equals(secret.resourceVersion());
    }
  }

  static NamesRow of(List<SecretRef> secrets) {
    List<Part> parts = new ArrayList<>();
    for (SecretRef secret : secrets) {
      if (parts.isEmpty() || !parts.get(parts.size() - 1).takes(secret)) {
        parts.add(new Part(secret.namespace(), secret.resourceVersion(), new ArrayList<>()));
      }
      parts.get(parts.size() - 1).names().add(secret.name());
    }
    return new NamesRow(parts);
  }

  List<SecretRef> secrets() {
    List<SecretRef> secrets = new ArrayList<>();
    for (Part part : parts) {
      part.names()
          .forEach(
              name -> secrets.add(new SecretRef(part.namespace(), name, part.resourceVersion())));
    }
    return secrets;
  }
}
