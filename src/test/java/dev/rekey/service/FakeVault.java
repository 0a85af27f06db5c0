package dev.rekey.service;

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

  @Override
  public List<KeyVersion> versions(VaultKey key) {
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

  private void failIfTold() {
    if (fault != null) {
      throw fault;
    }
  }
}
