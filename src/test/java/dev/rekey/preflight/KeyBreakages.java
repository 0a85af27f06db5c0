package dev.rekey.preflight;

import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.WARNED;
import static dev.rekey.preflight.PreflightWorld.KEY;

import dev.rekey.key.KeyId;
import dev.rekey.key.RotationPolicy;
import dev.rekey.operation.KmsSettings;
import dev.rekey.simulation.azure.NewVersion;
import java.time.Duration;
import java.time.Period;
import java.util.stream.Stream;

/** What breaks the checks of the key and its versions. */
final class KeyBreakages {
  private KeyBreakages() {}

  static Stream<Breakage> all() {
    return Stream.of(
        Breakage.of(
            "target-key-found",
            "no such version",
            FAILED,
            world -> world.to(KmsSettings.of(new KeyId(KEY, "00000000000000000000000000000000")))),
        Breakage.of(
            "target-key-enabled",
            "disabled",
            FAILED,
            world -> world.vault.setEnabled(world.second, false)),
        Breakage.of(
            "target-key-type",
            "elliptic curve",
            FAILED,
            world -> world.to(made(world, NewVersion.rsa().ofType("EC")))),
        Breakage.of(
            "target-key-operations",
            "signs only",
            FAILED,
            world -> world.to(made(world, NewVersion.rsa().permitting("sign", "verify")))),
        Breakage.of(
            "target-key-validity",
            "expired",
            FAILED,
            world -> expires(world, world.second, Duration.ofDays(-1))),
        Breakage.of(
            "target-key-validity",
            "an hour left",
            FAILED,
            world -> expires(world, world.second, Duration.ofHours(1))),
        Breakage.of(
            "target-key-validity",
            "not yet valid",
            FAILED,
            world -> world.vault.setNotBefore(world.second, world.time.instant().plusSeconds(60))),
        Breakage.of(
            "target-key-validity",
            "ten days left",
            WARNED,
            world -> expires(world, world.second, Duration.ofDays(10))),
        Breakage.of(
            "current-key-usable",
            "disabled",
            FAILED,
            world -> world.vault.setEnabled(world.first, false)),
        Breakage.of(
            "current-key-usable",
            "expired",
            FAILED,
            world -> expires(world, world.first, Duration.ofDays(-1))),
        Breakage.of(
            "previous-key-usable",
            "expired",
            FAILED,
            world -> expires(world, world.zeroth, Duration.ofDays(-1))),
        Breakage.of(
            "key-outlives-two-rotations",
            "rotated by the vault",
            WARNED,
            world -> lives(world, 60, new RotationPolicy(null, Period.ofDays(40), null))),
        Breakage.of(
            "key-outlives-two-rotations",
            "rotated before expiry",
            WARNED,
            world -> lives(world, 90, new RotationPolicy(null, null, Period.ofDays(30)))),
        Breakage.of(
            "key-outlives-two-rotations",
            "rotated at the notice",
            WARNED,
            world -> lives(world, 365, RotationPolicy.NONE)));
  }

  private static KmsSettings made(PreflightWorld world, NewVersion version) {
    return KmsSettings.of(world.vault.createVersion(KEY, version));
  }

  private static void expires(PreflightWorld world, KeyId version, Duration in) {
    world.vault.setExpiry(version, world.time.instant().plus(in));
  }

  private static void lives(PreflightWorld world, int days, RotationPolicy policy) {
    expires(world, world.second, Duration.ofDays(days));
    world.vault.setRotationPolicy(KEY, policy);
  }
}
