package dev.rekey.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Vault;
import dev.rekey.simulation.azure.NewVersion;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.VaultRight;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a vault does, whoever stands for it. */
abstract class VaultContract {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");

  /** Whole seconds: the vault's interface knows no smaller ones. */
  final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  final SimulatedVault world = new SimulatedVault(() -> now, new Random(5));

  abstract Vault vault();

  /** The service's pages are 25 long at most. */
  @Test
  void manyVersions_allAreListed() {
    List<KeyId> made = new ArrayList<>();
    for (int number = 0; number < 30; number++) {
      made.add(world.createVersion(KEY));
    }

    assertThat(vault().versions(KEY))
        .extracting(KeyVersion::id)
        .containsExactlyInAnyOrderElementsOf(made);
  }

  @Test
  void fitVersion_hasDatesTypeAndOperations() {
    Instant expires = now.plus(Duration.ofDays(90));
    KeyId made = world.createVersion(KEY, NewVersion.rsa().expiring(expires).ofType("RSA-HSM"));

    KeyVersion version = only();

    assertThat(version.id()).isEqualTo(made);
    assertThat(version.created()).isEqualTo(now);
    assertThat(version.expires()).isEqualTo(expires);
    assertThat(version.notBefore()).isNull();
    assertThat(version.type()).isEqualTo("RSA-HSM");
    assertThat(version.operations()).contains("encrypt", "decrypt");
    assertThat(version.fitnessAt(now)).isEqualTo(KeyFitness.FIT);
  }

  @Test
  void disabled_isSaid() {
    world.setEnabled(world.createVersion(KEY), false);

    assertThat(only().fitnessAt(now)).isEqualTo(KeyFitness.DISABLED);
  }

  @Test
  void outsideItsDates_isSaid() {
    KeyId expired = world.createVersion(KEY, NewVersion.rsa().expiring(now.minusSeconds(1)));
    KeyId early = world.createVersion(KEY, NewVersion.rsa().notBefore(now.plusSeconds(3600)));

    assertThat(vault().versions(KEY))
        .allSatisfy(
            version ->
                assertThat(version.fitnessAt(now))
                    .isEqualTo(
                        version.id().equals(expired)
                            ? KeyFitness.EXPIRED
                            : KeyFitness.NOT_YET_VALID))
        .extracting(KeyVersion::id)
        .containsExactlyInAnyOrder(expired, early);
  }

  @Test
  void otherType_isSaid() {
    world.createVersion(KEY, NewVersion.rsa().ofType("EC"));

    assertThat(only().fitnessAt(now)).isEqualTo(KeyFitness.NOT_RSA);
  }

  @Test
  void lacksAnOperation_isSaid() {
    world.createVersion(KEY, NewVersion.rsa().permitting("encrypt", "sign"));

    assertThat(only().fitnessAt(now)).isEqualTo(KeyFitness.LACKS_OPERATIONS);
    assertThat(only().operations()).containsExactlyInAnyOrder("encrypt", "sign");
  }

  @Test
  void noSuchKey_isNotFound() {
    assertFault(OutsideFault.Kind.NOT_FOUND, () -> vault().versions(KEY), "etcd");
  }

  @Test
  void disabledVersionIsRestored_itCanBeUsedAndNothingElseChanges() {
    KeyId other = world.createVersion(KEY);
    Instant expires = now.plus(Duration.ofDays(90));
    KeyId id =
        world.createVersion(
            KEY,
            NewVersion.rsa().expiring(expires).ofType("RSA-HSM").permitting("encrypt", "decrypt"));
    KeyVersion before = world.peek(id.url()).orElseThrow();
    world.setEnabled(id, false);
    world.setEnabled(other, false);

    vault().restore(new Restoration(id, null));
    vault().restore(new Restoration(id, null));

    assertThat(world.peek(id.url())).contains(before);
    assertThat(world.peek(other.url()).orElseThrow().enabled()).isFalse();
  }

  @Test
  void expiredVersionIsRestored_itExpiresAnotherDay() {
    KeyId id = world.createVersion(KEY, NewVersion.rsa().expiring(now.minusSeconds(9)));
    Instant until = now.plus(Duration.ofDays(365));

    vault().restore(new Restoration(id, until));

    assertThat(only().fitnessAt(now)).isEqualTo(KeyFitness.FIT);
    assertThat(only().expires()).isEqualTo(until);
  }

  @Test
  void versionIsExtended_itExpiresLaterAndNothingElseChanges() {
    KeyId other = world.createVersion(KEY, NewVersion.rsa().expiring(now.plusSeconds(9)));
    KeyId id =
        world.createVersion(
            KEY,
            NewVersion.rsa()
                .expiring(now.plusSeconds(90))
                .ofType("RSA-HSM")
                .permitting("encrypt", "decrypt"));
    KeyVersion before = world.peek(id.url()).orElseThrow();
    Instant until = now.plus(Duration.ofDays(365));

    vault().extend(new Extension(id, until));
    vault().extend(new Extension(id, until));

    assertThat(world.peek(id.url()))
        .contains(
            new KeyVersion(
                id, true, before.created(), null, until, before.type(), before.operations()));
    assertThat(world.peek(other.url()).orElseThrow().expires()).isEqualTo(now.plusSeconds(9));
  }

  /** Somebody has disabled it a moment before. */
  @Test
  void disabledVersionIsExtended_itStaysDisabled() {
    KeyId id = world.createVersion(KEY, NewVersion.rsa().expiring(now.plusSeconds(90)));
    world.setEnabled(id, false);

    vault().extend(new Extension(id, now.plus(Duration.ofDays(365))));

    assertThat(world.peek(id.url()).orElseThrow().enabled()).isFalse();
  }

  @Test
  void versionCannotBeExtended_isSaidAndNothingChanges() {
    Instant expires = now.plusSeconds(90);
    KeyId id = world.createVersion(KEY, NewVersion.rsa().expiring(expires));
    KeyId gone = new KeyId(KEY, "0123456789abcdef0123456789abcdef");
    Instant until = now.plus(Duration.ofDays(365));
    assertFault(
        OutsideFault.Kind.NOT_FOUND, () -> vault().extend(new Extension(gone, until)), "has no");
    world.revoke(VaultRight.UPDATE);

    assertFault(
        OutsideFault.Kind.FORBIDDEN,
        () -> vault().extend(new Extension(id, until)),
        "Microsoft.KeyVault/vaults/keys/update/action");
    assertThat(only().expires()).isEqualTo(expires);
  }

  @Test
  void noSuchVersion_isNotRestored() {
    world.createVersion(KEY);
    KeyId gone = new KeyId(KEY, "0123456789abcdef0123456789abcdef");

    assertFault(
        OutsideFault.Kind.NOT_FOUND, () -> vault().restore(new Restoration(gone, null)), "has no");
  }

  @Test
  void rightToRestoreIsMissing_theActionIsNamed() {
    KeyId id = world.createVersion(KEY);
    world.setEnabled(id, false);
    world.revoke(VaultRight.UPDATE);

    assertFault(
        OutsideFault.Kind.FORBIDDEN,
        () -> vault().restore(new Restoration(id, null)),
        "Microsoft.KeyVault/vaults/keys/update/action");
    assertThat(only().enabled()).isFalse();
  }

  @Test
  void rightIsMissing_theActionIsNamed() {
    world.createVersion(KEY);
    world.revoke(VaultRight.READ);
    world.revoke(VaultRight.READ_POLICY);
    world.revoke(VaultRight.ROTATE);

    assertFault(
        OutsideFault.Kind.FORBIDDEN,
        () -> vault().versions(KEY),
        "Microsoft.KeyVault/vaults/keys/read");
    assertFault(
        OutsideFault.Kind.FORBIDDEN,
        () -> vault().rotationPolicy(KEY),
        "Microsoft.KeyVault/vaults/keyrotationpolicies/read");
    assertFault(
        OutsideFault.Kind.FORBIDDEN,
        () -> vault().rotate(KEY),
        "Microsoft.KeyVault/vaults/keys/rotate/action");
  }

  @Test
  void throttled_theWaitIsHandedOn() {
    world.createVersion(KEY);
    world.throttle(1, Duration.ofSeconds(120));

    assertThatThrownBy(() -> vault().versions(KEY))
        .isInstanceOfSatisfying(
            OutsideFault.class,
            fault -> {
              assertThat(fault.kind()).isEqualTo(OutsideFault.Kind.BUSY);
              assertThat(fault.retryAfter()).isEqualTo(Duration.ofSeconds(120));
            });
  }

  @Test
  void unreachable_isSaid() {
    world.createVersion(KEY);
    world.setReachable(false);

    assertFault(OutsideFault.Kind.UNREACHABLE, () -> vault().versions(KEY), KEY.vaultHost());
  }

  @Test
  void policyRotates_itsTimesAreRead() {
    world.createVersion(KEY);
    RotationPolicy policy = new RotationPolicy(Period.ofDays(20), Period.ofMonths(18), null);
    world.setRotationPolicy(KEY, policy);

    assertThat(vault().rotationPolicy(KEY)).isEqualTo(policy);
  }

  @Test
  void policyRotatesBeforeExpiry_itsTimeIsRead() {
    world.createVersion(KEY);
    world.setRotationPolicy(KEY, new RotationPolicy(Period.ofDays(30), null, Period.ofDays(7)));

    assertThat(vault().rotationPolicy(KEY).rotateBeforeExpiry()).isEqualTo(Period.ofDays(7));
  }

  @Test
  void policyNamesAnExpiryTime_itIsRead() {
    world.createVersion(KEY);
    RotationPolicy policy =
        new RotationPolicy(Period.ofDays(30), Period.ofDays(180), null, Period.ofDays(450));
    world.setRotationPolicy(KEY, policy);

    assertThat(vault().rotationPolicy(KEY)).isEqualTo(policy);
  }

  @Test
  void keyHasNoPolicy_neverRotatesByItself() {
    world.createVersion(KEY);

    RotationPolicy policy = vault().rotationPolicy(KEY);

    assertThat(policy.rotateAfterCreation()).isNull();
    assertThat(policy.rotateBeforeExpiry()).isNull();
    assertThat(policy.expiryTime()).isNull();
  }

  @Test
  void rotated_typeAndOperationsStay() {
    world.createVersion(KEY, NewVersion.rsa().ofType("RSA-HSM").permitting("encrypt", "decrypt"));

    KeyId made = vault().rotate(KEY);

    KeyVersion version = one(made);
    assertThat(version.type()).isEqualTo("RSA-HSM");
    assertThat(version.operations()).containsExactlyInAnyOrder("encrypt", "decrypt");
    assertThat(vault().versions(KEY)).hasSize(2);
  }

  @Test
  void policyHasAnExpiryTime_theNewVersionExpires() {
    world.createVersion(KEY);
    world.setExpiryTime(KEY, Period.ofMonths(18));

    KeyId made = vault().rotate(KEY);

    assertThat(one(made).expires())
        .isEqualTo(now.atZone(ZoneOffset.UTC).plusMonths(18).toInstant());
    assertThat(one(made).fitnessAt(now)).isEqualTo(KeyFitness.FIT);
  }

  @Test
  void rotated_theEventIsEmitted() {
    world.createVersion(KEY);
    world.takeEvents();

    KeyId made = vault().rotate(KEY);

    assertThat(world.takeEvents()).singleElement().asString().contains(made.url());
  }

  @Test
  void mayRotateButNotRead_theNewVersionIsSaid() {
    KeyId before = world.createVersion(KEY);
    world.revoke(VaultRight.READ);

    assertThat(vault().rotate(KEY).isVersionOfSameKey(before)).isTrue();
    assertThat(world.calls().rotations()).isEqualTo(1);
  }

  @Test
  void caseOfTheNameDiffers_itIsTheSameKey() {
    world.createVersion(KEY);

    assertThat(vault().versions(new VaultKey(KEY.vaultHost(), "ETCD"))).hasSize(1);
  }

  private KeyVersion one(KeyId id) {
    return vault().versions(KEY).stream()
        .filter(version -> version.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private KeyVersion only() {
    List<KeyVersion> versions = vault().versions(KEY);
    assertThat(versions).hasSize(1);
    return versions.get(0);
  }

  static void assertFault(OutsideFault.Kind kind, Runnable call, String named) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            OutsideFault.class, fault -> assertThat(fault.kind()).isEqualTo(kind))
        .hasMessageContaining(named);
  }
}
