package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Renewal;
import dev.rekey.key.RenewalIntent;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a new version of a key whose version in use is about to expire. The intent is saved first,
 * and the vault is asked once more before the call: a version that was made since is taken instead
 * of making another.
 *
 * <p>Only for keys that an API server in scope is seen to use (promise K9): whoever can write a
 * cluster's {@code keyId} must not gain power over a vault.
 */
final class RenewKeys {
  /** How long an intent keeps others from trying: longer than any call to the vault takes. */
  private static final Duration INTENT_HOLDS = Duration.ofMinutes(10);

  /**
   * An intent that was saved longer ago is not acted on: others may take it for a dead one soon.
   */
  private static final Duration ACT_WITHIN = Duration.ofMinutes(2);

  private final Ports ports;
  private final Conduct conduct;

  RenewKeys(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /**
   * Looks at each key that the clusters use. A fault with one keeps no other from being looked at.
   *
   * @param seen the vaults as the look around sees them
   * @throws RuntimeException after all have been looked at, if a record of one can't be read
   */
  void look(List<ManagedCluster> clusters, Vault seen) {
    Map<String, List<ManagedCluster>> users = new LinkedHashMap<>();
    for (ManagedCluster cluster : clusters) {
      if (cluster.experience() == KmsExperience.VERSIONED_KEY) {
        used(cluster)
            .map(id -> id.key().toString().toLowerCase(Locale.ROOT))
            .ifPresent(key -> users.computeIfAbsent(key, unused -> new ArrayList<>()).add(cluster));
      }
    }
    new EachInTurn(ports.signals(), "key-not-looked-at")
        .look(users.values(), of -> consider(of, seen));
  }

  private void consider(List<ManagedCluster> users, Vault seen) {
    VaultKey key = used(users.get(0)).orElseThrow().key();
    List<KeyVersion> versions = seen.versions(key);
    Optional<KeyId> inUse = newestInUse(users, versions);
    if (inUse.isEmpty()) {
      return;
    }
    Renewal renewal = decide(inUse.get(), versions, seen);
    if (renewal instanceof Renewal.Due due) {
      near(due.expiring(), users);
    } else if (renewal instanceof Renewal.NotDue not
        && not.cause() == Renewal.Cause.VAULT_ROTATES_FIRST) {
      ports.signals().count("key-near-expiry", not.cause().token());
    }
  }

  /** The policy is asked for only where it can matter: it takes a right of its own. */
  private Renewal decide(KeyId inUse, List<KeyVersion> versions, Vault seen) {
    Instant now = ports.time().instant();
    Renewal withoutPolicy = Renewal.decide(inUse, versions, RotationPolicy.NONE, now);
    boolean policyMatters =
        withoutPolicy instanceof Renewal.Due
            || withoutPolicy.equals(new Renewal.NotDue(Renewal.Cause.NOT_NEAR_EXPIRY));
    return policyMatters
        ? Renewal.decide(inUse, versions, seen.rotationPolicy(inUse.key()), now)
        : withoutPolicy;
  }

  private void near(KeyVersion expiring, List<ManagedCluster> users) {
    List<ManagedCluster> acting =
        users.stream().filter(user -> conduct.mode().with(user.tags()) != Mode.OBSERVE).toList();
    if (!conduct.createsVersions() || acting.isEmpty()) {
      ports.signals().count("key-near-expiry", acting.isEmpty() ? "observe-only" : "notify");
    } else if (acting.stream().noneMatch(user -> isSeenToUse(user, expiring.id()))) {
      ports.signals().count("key-near-expiry", "no-api-server-seen-to-use-it");
    } else {
      acting.forEach(this::meet);
      renew(expiring);
    }
  }

  /** A cluster is first seen before its new version is made: that one is no surprise to it. */
  private void meet(ManagedCluster cluster) {
    KeyId inUse = used(cluster).orElse(null);
    new Ledgers(ports.records()).of(cluster.name(), inUse, ports.time().instant());
  }

  private boolean isSeenToUse(ManagedCluster cluster, KeyId key) {
    return cluster.isOn(key) && new SeenToUse(ports).by(cluster, key);
  }

  private void renew(KeyVersion expiring) {
    VaultKey key = expiring.id().key();
    Instant now = ports.time().instant();
    Optional<Stored<RenewalIntent>> before = ports.records().renewal(key);
    if (before.isPresent() && now.isBefore(before.get().value().at().plus(INTENT_HOLDS))) {
      ports.signals().count("key-near-expiry", "renewal-under-way");
      return;
    }
    try {
      ports.records().intend(key, new RenewalIntent(expiring.id(), now), before.orElse(null));
    } catch (Conflict faster) {
      ports.signals().count("key-near-expiry", "renewal-under-way");
      return;
    }
    Vault anew = ports.vault();
    boolean stillDue = decide(expiring.id(), anew.versions(key), anew) instanceof Renewal.Due;
    if (stillDue && ports.time().instant().isBefore(now.plus(ACT_WITHIN))) {
      anew.rotate(key);
      ports.signals().count("key-version-created", "near-expiry");
    }
  }

  private Optional<KeyId> used(ManagedCluster cluster) {
    return Ledgers.parse(cluster.keyId(), conduct.cloud());
  }

  private Optional<KeyId> newestInUse(List<ManagedCluster> users, List<KeyVersion> versions) {
    return versions.stream()
        .filter(version -> users.stream().anyMatch(user -> user.isOn(version.id())))
        .max(Comparator.comparing(KeyVersion::created))
        .map(KeyVersion::id);
  }
}
