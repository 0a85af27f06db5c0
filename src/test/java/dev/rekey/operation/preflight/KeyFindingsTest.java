package dev.rekey.operation.preflight;

import static dev.rekey.operation.preflight.Around.BOTH;
import static dev.rekey.operation.preflight.Around.CURRENT;
import static dev.rekey.operation.preflight.Around.NOW;
import static dev.rekey.operation.preflight.Around.PREVIOUS;
import static dev.rekey.operation.preflight.Around.TARGET;
import static dev.rekey.operation.preflight.Around.version;
import static dev.rekey.operation.preflight.Verdict.CANNOT_TELL;
import static dev.rekey.operation.preflight.Verdict.FAILED;
import static dev.rekey.operation.preflight.Verdict.PASSED;
import static dev.rekey.operation.preflight.Verdict.WARNED;

import dev.rekey.key.KeyVersion;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the checks of the key and its versions find, and what they tell people to type. */
class KeyFindingsTest {

  @ParameterizedTest
  @MethodSource("findings")
  void oneThingChanged_isFound(Expected expected) {
    expected.assertFound();
  }

  static Stream<Expected> findings() {
    return Stream.of(
        Expected.of(
            "target-key-found",
            it -> it.versions.remove(2),
            FAILED,
            "there is no version 3",
            "az keyvault key list-versions --vault-name kv --name secrets"),
        Expected.of(
            "target-key-found",
            it -> it.versionsInstead = Reading.unread("it was not answered"),
            CANNOT_TELL,
            "not known: it was not answered",
            "az keyvault key list-versions --vault-name kv --name secrets"),
        Expected.of(
            "target-key-enabled",
            it -> it.put(new KeyVersion(TARGET, false, NOW, null, null, "", Set.of())),
            FAILED,
            "disabled",
            "az keyvault key set-attributes --id {key}/3 --enabled true"),
        Expected.of(
            "target-key-enabled",
            it -> it.versions.remove(2),
            CANNOT_TELL,
            "not known: there is no such version",
            "az keyvault key show --id {key}/3"),
        Expected.of(
            "target-key-type",
            it -> it.put(new KeyVersion(TARGET, true, NOW, null, null, "EC", BOTH)),
            FAILED,
            "type EC",
            "az keyvault key create --kty RSA --vault-name kv --name <another name>"),
        Expected.of(
            "target-key-type",
            it -> it.put(new KeyVersion(TARGET, true, NOW, null, null, "RSA-HSM", BOTH)),
            PASSED,
            "type RSA-HSM",
            ""),
        Expected.of(
            "target-key-type",
            it -> it.put(new KeyVersion(TARGET, false, NOW, null, null, "", Set.of())),
            CANNOT_TELL,
            "not known: the vault doesn't show the type of such a version",
            "az keyvault key show --id {key}/3"),
        Expected.of(
            "target-key-operations",
            it -> it.put(new KeyVersion(TARGET, true, NOW, null, null, "RSA", Set.of("encrypt"))),
            FAILED,
            "encrypt: true, decrypt: false",
            "az keyvault key set-attributes --id {key}/3 --ops encrypt decrypt"),
        Expected.of(
            "target-key-operations",
            it -> it.put(new KeyVersion(TARGET, true, NOW, null, null, "RSA", Set.of("decrypt"))),
            FAILED,
            "encrypt: false, decrypt: true",
            "az keyvault key set-attributes --id {key}/3 --ops encrypt decrypt"),
        Expected.of(
            "target-key-operations",
            it -> it.put(new KeyVersion(TARGET, false, NOW, null, null, "", Set.of())),
            CANNOT_TELL,
            "not known: the vault doesn't show the operations of such a version",
            "az keyvault key show --id {key}/3"),
        Expected.of(
            "target-key-validity",
            it -> it.put(version(TARGET, NOW)),
            FAILED,
            "expired 2026-03-01T10:00:00Z",
            "az keyvault key set-attributes --id {key}/3 --not-before <date> --expires <date>"),
        Expected.of(
            "target-key-validity",
            it -> it.put(version(TARGET, NOW.plus(Duration.ofDays(1)).minusSeconds(1))),
            FAILED,
            "expires 2026-03-02T09:59:59Z",
            "az keyvault key set-attributes --id {key}/3 --not-before <date> --expires <date>"),
        Expected.of(
            "target-key-validity",
            it -> it.put(version(TARGET, NOW.plus(Duration.ofDays(1)))),
            WARNED,
            "expires 2026-03-02T10:00:00Z",
            "az keyvault key set-attributes --id {key}/3 --not-before <date> --expires <date>"),
        Expected.of(
            "target-key-validity",
            it -> it.put(version(TARGET, NOW.plus(Duration.ofDays(30)).minusSeconds(1))),
            WARNED,
            "expires 2026-03-31T09:59:59Z",
            "az keyvault key set-attributes --id {key}/3 --not-before <date> --expires <date>"),
        Expected.of(
            "target-key-validity",
            it -> it.put(version(TARGET, NOW.plus(Duration.ofDays(30)))),
            PASSED,
            "expires 2026-03-31T10:00:00Z",
            ""),
        Expected.of(
            "target-key-validity",
            it -> it.put(new KeyVersion(TARGET, true, NOW, NOW.plusSeconds(1), null, "RSA", BOTH)),
            FAILED,
            "its not-before date has not come: 2026-03-01T10:00:01Z",
            "az keyvault key set-attributes --id {key}/3 --not-before <date> --expires <date>"),
        Expected.of(
            "target-key-validity",
            it -> it.put(new KeyVersion(TARGET, true, NOW, NOW, null, "RSA", BOTH)),
            PASSED,
            "it never expires",
            ""),
        Expected.of(
            "current-key-usable",
            it -> it.put(new KeyVersion(CURRENT, false, NOW, null, null, "", Set.of())),
            FAILED,
            "{key}/2: it is disabled",
            "az keyvault key set-attributes --id {key}/2 --enabled true --expires <date>"),
        Expected.of(
            "current-key-usable",
            it -> it.put(version(CURRENT, NOW.minusSeconds(1))),
            FAILED,
            "{key}/2: it has expired",
            "az keyvault key set-attributes --id {key}/2 --enabled true --expires <date>"),
        Expected.of(
            "current-key-usable",
            it -> it.put(version(CURRENT, NOW.plusSeconds(1))),
            WARNED,
            "expires 2026-03-01T10:00:01Z",
            "az keyvault key set-attributes --id {key}/2 --enabled true --expires <date>"),
        Expected.of(
            "current-key-usable",
            it -> it.versions.remove(1),
            FAILED,
            "the vault no longer has {key}/2",
            "az keyvault key set-attributes --id {key}/2 --enabled true --expires <date>"),
        Expected.of(
            "previous-key-usable",
            it -> it.put(version(PREVIOUS, NOW.minusSeconds(1))),
            FAILED,
            "{key}/1: it has expired",
            "az keyvault key set-attributes --id {key}/1 --enabled true --expires <date>"),
        Expected.of(
            "previous-key-usable",
            it -> it.change = new Change(it.change.from(), it.change.to(), null),
            CANNOT_TELL,
            "not known: ARM doesn't show the previous slot, and our records don't hold it",
            "az keyvault key list-versions --vault-name kv --name secrets"));
  }
}
