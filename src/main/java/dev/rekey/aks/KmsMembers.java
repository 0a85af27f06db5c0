package dev.rekey.aks;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.ShownKms;
import java.util.Objects;

/**
 * The members of {@code azureKeyVaultKms} that are Rekey's to change; as {@code az aks update}
 * does, and none that says the same already.
 */
final class KmsMembers {
  private final ObjectNode kms;
  private final ShownKms shown;

  KmsMembers(ObjectNode kms, ShownKms shown) {
    this.kms = kms;
    this.shown = shown;
  }

  /** To turn KMS off, {@code enabled} alone says so; the rest stays, as with {@code az}. */
  void set(KmsSettings settings) {
    if (shown.enabled() != settings.isOn()) {
      kms.put("enabled", settings.isOn());
    }
    KeyId key = settings.key();
    if (key != null) {
      setKey(key, settings);
    }
  }

  private void setKey(KeyId key, KmsSettings settings) {
    kms.put("keyId", key.url());
    if (shown.access() != settings.access()) {
      kms.put("keyVaultNetworkAccess", settings.access().token());
    }
    String wanted =
        settings.access() == NetworkAccess.PRIVATE
            ? Objects.requireNonNullElse(settings.vaultResourceId(), "")
            : "";
    if (!wanted.equalsIgnoreCase(Objects.requireNonNullElse(shown.vaultResourceId(), ""))) {
      kms.put("keyVaultResourceId", wanted);
    }
  }
}
