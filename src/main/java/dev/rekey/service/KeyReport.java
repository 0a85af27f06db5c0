package dev.rekey.service;

import dev.rekey.fleet.RetireVerdict;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyId;
import dev.rekey.key.PolicyAdvice;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a key stands.
 *
 * @param versions newest first: all that the vault lists, and those that clusters are known to have
 *     used; without the vault's answer only these
 * @param policy null if it could not be read
 * @param advice what to change of the policy or of expiry dates; null if the policy could not be
 *     read
 * @param policyNotRead why the policy could not be read, in our own words; null if it could
 * @param notLookedAt why the vault could not be asked for the versions, in our own words; null if
 *     it could
 */
public record KeyReport(
    VaultKey key,
    List<Version> versions,
    @Nullable RotationPolicy policy,
    @Nullable PolicyAdvice advice,
    @Nullable String policyNotRead,
    @Nullable String notLookedAt) {

  public KeyReport {
    versions = List.copyOf(versions);
  }

  /**
   * One version.
   *
   * @param standing whether it can be used, and until when; null if the vault could not be asked
   * @param created when the vault made it; null if the vault no longer has it, or could not be
   *     asked
   */
  public record Version(
      KeyId id, @Nullable KeptKey standing, @Nullable Instant created, RetireVerdict verdict) {}
}
