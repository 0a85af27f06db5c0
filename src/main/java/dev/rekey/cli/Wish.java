package dev.rekey.cli;

import dev.rekey.app.commandline.AzureRekey;
import dev.rekey.key.Cloud;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a command asks for, read from its options; everything that is bad of them is told at once.
 */
final class Wish {
  private final Kind kind;
  private final Cloud cloud;
  private final AzureRekey.Target target;
  private final Origin origin;
  private final BadOptions bad;
  private @Nullable KeyId expected;
  private @Nullable KeyId to;
  private @Nullable NetworkAccess access;
  private @Nullable String vault;
  private @Nullable KubernetesVersion upgradeTo;

  /**
   * @param bad what can't be used of what was read before
   */
  Wish(Kind kind, Cloud cloud, AzureRekey.Target target, Origin origin, BadOptions bad) {
    this.kind = kind;
    this.cloud = cloud;
    this.target = target;
    this.origin = origin;
    this.bad = bad;
  }

  /** The version that must be in use. */
  Wish from(String option, @Nullable String text) {
    expected = key(option, text);
    return this;
  }

  /** The version that is to be used. */
  Wish to(String option, @Nullable String text) {
    to = key(option, text);
    return this;
  }

  /** The Kubernetes that Rekey is to upgrade to. */
  Wish upgradingTo(String option, @Nullable String text) {
    if (text != null) {
      Optional<KubernetesVersion> version = OperationRequest.upgradeTo(text.strip());
      if (version.isEmpty()) {
        bad.add(
            option + " " + text,
            OperationRequest.UPGRADE_FORM + ", as listed by `az aks get-upgrades`");
      }
      upgradeTo = version.orElse(null);
    }
    return this;
  }

  Wish over(VaultAccessOptions way) {
    access = way.access(bad);
    vault = way.vaultResourceId(bad);
    return this;
  }

  /** Something that this kind can't do without. */
  Wish needing(String option, @Nullable Object given, String expectation) {
    if (given == null) {
      bad.add(option, expectation);
    }
    return this;
  }

  private @Nullable KeyId key(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return KeyId.parse(text.strip(), cloud);
    } catch (InvalidKeyId invalid) {
      bad.add(
          option + " " + text,
          "https://<vault>."
              + cloud.vaultSuffix()
              + "/keys/<name>/<version>, as printed by `az keyvault key show --query key.kid`");
      return null;
    }
  }

  /**
   * Ends the reading.
   *
   * @throws BadOption with a line for each that can't be used
   */
  Wish check() {
    bad.refuse();
    return this;
  }

  OperationRequest request() {
    return new OperationRequest(
        target.name(), kind, expected, to, access, vault, upgradeTo, origin);
  }

  AzureRekey.Target target() {
    return target;
  }

  Cloud cloud() {
    return cloud;
  }
}
