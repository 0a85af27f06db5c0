package dev.rekey.operation.preflight;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Renewal;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a version outlives two rotations: it is current until the next one, and stays in the
 * previous slot until the one after that.
 */
final class LifetimeChecks {
  private LifetimeChecks() {}

  static Optional<Answer> outlivesTwoRotations(Question question) {
    KeyId target = question.change().to().key();
    if (target == null) {
      return Optional.empty();
    }
    Expectation enough =
        new Expectation(
            "a lifetime of two rotations at least",
            policy(target.key(), "update")
                + " --value <policy whose expiryTime is twice its time of rotation>",
            policy(target.key(), "show"),
            Documented.ROTATION_POLICY);
    KeySide key = question.seen().key(target.key());
    return enough.judge(
        key.version(target),
        version ->
            version
                .map(found -> judge(enough, found, key.policy()))
                .orElseGet(() -> enough.cannotTell("there is no such version")));
  }

  private static String policy(VaultKey key, String command) {
    return "az keyvault key rotation-policy "
        + command
        + " --vault-name "
        + Commands.name(key.vaultHost())
        + " --name "
        + key.name();
  }

  private static Optional<Answer> judge(
      Expectation enough, KeyVersion version, Reading<RotationPolicy> policy) {
    Instant expires = version.expires();
    return expires == null
        ? enough.passed("it never expires")
        : enough.judge(policy, known -> judge(enough, version.created(), expires, known));
  }

  private static Optional<Answer> judge(
      Expectation enough, Instant created, Instant expires, RotationPolicy policy) {
    try {
      Instant rotated = rotation(created, expires, policy);
      if (!rotated.isAfter(created)) {
        return enough.cannotTell("the policy would rotate a version before it is made");
      }
      Instant rotatedAgain = rotated.plus(Duration.between(created, rotated));
      String seen = "expires " + expires + ", is last needed " + rotatedAgain;
      return rotatedAgain.isAfter(expires) ? enough.warned(seen) : enough.passed(seen);
    } catch (DateTimeException | ArithmeticException beyondAnyDate) {
      return enough.cannotTell("the policy names times beyond any date");
    }
  }

  /** When the next version comes: by the vault, or when the near expiry is announced. */
  private static Instant rotation(Instant created, Instant expires, RotationPolicy policy) {
    Period after = policy.rotateAfterCreation();
    Period before = policy.rotateBeforeExpiry();
    if (after != null) {
      return created.atZone(ZoneOffset.UTC).plus(after).toInstant();
    }
    return expires
        .atZone(ZoneOffset.UTC)
        .minus(before != null ? before : notice(policy))
        .toInstant();
  }

  private static Period notice(RotationPolicy policy) {
    @Nullable Period asked = policy.notifyBeforeExpiry();
    return asked == null ? Renewal.NOTIFIED_BEFORE : asked;
  }
}
