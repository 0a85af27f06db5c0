package dev.rekey.endtoend;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;

/** Somebody sets a cluster's {@code keyId} by hand. */
final class KeyIds {
  private KeyIds() {}

  static void set(ObjectNode body, KeyId key) {
    ObjectNode kms = (ObjectNode) body.at("/properties/securityProfile/azureKeyVaultKms");
    kms.put("keyId", key.url());
  }
}
