package dev.rekey.service;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One key whose versions a test sets. */
final class FakeVault implements Vault {
  final List<KeyVersion> versions = new ArrayList<>();
  RotationPolicy policy = RotationPolicy.NONE;

  /** What a rotate call makes; it is put among the versions. */
  @Nullable Supplier<KeyVersion> onRotate;

  /** What every call fails with. */
  @Nullable OutsideFault fault;

  /** What a look at the policy fails with. */
  @Nullable OutsideFault policyFault;

  int rotations;

  /** How often the versions of a key were asked for. */
  int lists;

  final List<Extension> extensions = new ArrayList<>();

  /** What a call to move an expiry on fails with. */
  @Nullable OutsideFault extendFault;

  @Override
  public List<KeyVersion> versions(VaultKey key) {
    lists++;
    failIfTold();
    return List.copyOf(versions);
  }

  @Override
  public RotationPolicy rotationPolicy(VaultKey key) {
    failIfTold();
    if (policyFault != null) {
      throw policyFault;
    }
    return policy;
  }

  @Override
  public KeyId rotate(VaultKey key) {
    rotations++;
    failIfTold();
    if (onRotate == null) {
      throw new AssertionError("no test asked for a new version");
    }
    KeyVersion made = onRotate.get();
    versions.add(made);
    return made.id();
  }

  @Override
  public void restore(Restoration restoration) {
    failIfTold();
    versions.replaceAll(
        each ->
            each.id().equals(restoration.version())
                ? new KeyVersion(
                    each.id(),
                    true,
                    each.created(),
                    each.notBefore(),
                    restoration.until() == null ? each.expires() : restoration.until(),
                    each.type(),
                    each.operations())
                : each);
  }

  @Override
  public void extend(Extension extension) {
    extensions.add(extension);
    failIfTold();
    if (extendFault != null) {
      throw extendFault;
    }
    versions.replaceAll(
        each ->
            each.id().equals(extension.version())
                ? new KeyVersion(
                    each.id(),
                    each.enabled(),
                    each.created(),
                    each.notBefore(),
                    extension.until(),
                    each.type(),
                    each.operations())
                : each);
  }

  private void failIfTold() {
    if (fault != null) {
      throw fault;
    }
  }
}
