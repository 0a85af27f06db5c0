package dev.rekey.operation.preflight;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** What the key version to come must be like. */
final class KeyChecks {
  private static final Set<String> TYPES = Set.of("RSA", "RSA-HSM");

  /** A version that expires sooner could expire before every Secret lies under it. */
  static final Duration LEAST_LEFT = Duration.ofDays(1);

  /** Where Key Vault announces an expiry, unless the key's policy says otherwise. */
  static final Duration NEAR = Duration.ofDays(30);

  private KeyChecks() {}

  static Optional<Answer> found(Question question) {
    KeyId target = question.change().to().key();
    if (target == null) {
      return Optional.empty();
    }
    String versions = Commands.versions(target.key());
    Expectation there =
        new Expectation("the vault has this key version", versions, versions, Documented.KEYS);
    return there.judge(
        question.seen().key(target.key()).version(target),
        version ->
            version.isPresent()
                ? there.passed("it is there")
                : there.failed("there is no version " + target.version()));
  }

  static Optional<Answer> enabled(Question question) {
    return target(
        question,
        "an enabled key version",
        "--enabled true",
        (version, expected) ->
            expected.passedIf(version.enabled(), version.enabled() ? "enabled" : "disabled"));
  }

  static Optional<Answer> type(Question question) {
    return target(
        question,
        "an RSA key, the only type that AKS supports",
        null,
        (version, expected) ->
            version.type().isEmpty()
                ? expected.cannotTell("the vault doesn't show the type of such a version")
                : expected.passedIf(TYPES.contains(version.type()), "type " + version.type()));
  }

  static Optional<Answer> operations(Question question) {
    return target(
        question,
        "a key version that permits encrypt and decrypt",
        "--ops encrypt decrypt",
        (version, expected) ->
            version.type().isEmpty()
                ? expected.cannotTell("the vault doesn't show the operations of such a version")
                : expected.passedIf(
                    version.operations().containsAll(Set.of("encrypt", "decrypt")),
                    "encrypt: "
                        + version.operations().contains("encrypt")
                        + ", decrypt: "
                        + version.operations().contains("decrypt")));
  }

  static Optional<Answer> valid(Question question) {
    return target(
        question,
        "a key version within its dates, with a day left at least",
        "--not-before <date> --expires <date>",
        (version, expected) -> dates(expected, version, question.now()));
  }

  /** A version's dates, with a margin. */
  static Optional<Answer> dates(Expectation expected, KeyVersion version, Instant now) {
    Instant notBefore = version.notBefore();
    if (notBefore != null && now.isBefore(notBefore)) {
      return expected.failed(KeyFitness.NOT_YET_VALID.sentence() + ": " + notBefore);
    }
    Instant expires = version.expires();
    if (expires == null) {
      return expected.passed("it never expires");
    }
    String seen = (now.isBefore(expires) ? "expires " : "expired ") + expires;
    if (now.plus(LEAST_LEFT).isAfter(expires)) {
      return expected.failed(seen);
    }
    return now.plus(NEAR).isAfter(expires) ? expected.warned(seen) : expected.passed(seen);
  }

  private static Optional<Answer> target(
      Question question,
      String expected,
      @Nullable String attributes,
      BiFunction<KeyVersion, Expectation, Optional<Answer>> judge) {
    KeyId target = question.change().to().key();
    if (target == null) {
      return Optional.empty();
    }
    Expectation expectation =
        new Expectation(
            expected, command(target, attributes), Commands.showKey(target), Documented.KEYS);
    return expectation.judge(
        question.seen().key(target.key()).version(target),
        version ->
            version
                .map(found -> judge.apply(found, expectation))
                .orElseGet(() -> expectation.cannotTell("there is no such version")));
  }

  /** Type and size of a key can't be changed: null asks for a new one. */
  static String command(KeyId key, @Nullable String attributes) {
    return attributes == null
        ? "az keyvault key create --kty RSA --vault-name "
            + Commands.name(key.key().vaultHost())
            + " --name <another name>"
        : "az keyvault key set-attributes --id " + key + " " + attributes;
  }
}
