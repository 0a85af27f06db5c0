package dev.rekey.simulation.azure;

import dev.rekey.key.Extension;
import dev.rekey.key.KeyEventType;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Vault;
import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Key Vault: the key versions of any number of vaults, what an operator does to them, and what
 * clusters ask of them.
 *
 * <p>It really wraps, so that only the version that wrapped can unwrap. As in Key Vault a version
 * outside its dates decrypts but does not encrypt, and a disabled one does neither. Thread-safe: a
 * KMS plugin calls from threads of its own. The random source must be used by nobody else on
 * another thread.
 */
public final class SimulatedVault implements Vault, KeyOperations {
  private final InstantSource time;
  private final RandomGenerator random;
  private final VaultEvents events;
  private final KeyVersions versions = new KeyVersions();
  private final Set<VaultRight> missingRights = EnumSet.noneOf(VaultRight.class);
  private final List<String> emitted = new ArrayList<>();
  private final Map<String, RotationPolicy> policies = new HashMap<>();
  private VaultCalls calls = new VaultCalls(0, 0, 0, 0);
  private boolean reachable = true;
  private int callsToThrottle;
  private Duration retryAfter = Duration.ZERO;

  public SimulatedVault(InstantSource time, RandomGenerator random) {
    this.time = time;
    this.random = random;
    this.events = new VaultEvents(random);
  }

  /**
   * Makes an enabled RSA version without dates, the key too if it is the first, and emits the
   * event.
   */
  public KeyId createVersion(VaultKey key) {
    return createVersion(key, NewVersion.rsa());
  }

  /** Makes an enabled version, the key too if it is the first, and emits the event. */
  public synchronized KeyId createVersion(VaultKey key, NewVersion wanted) {
    KeyVersion made =
        new KeyVersion(
            new KeyId(key, Guids.nextVersion(random)),
            true,
            time.instant(),
            wanted.notBefore(),
            wanted.expires(),
            wanted.type(),
            wanted.operations());
    versions.put(new StoredVersion(made, new WrappingKey(random)));
    announce(KeyEventType.NEW_VERSION_CREATED, made.id());
    return made.id();
  }

  public synchronized void setEnabled(KeyId id, boolean enabled) {
    change(id, v -> copy(v, enabled, v.notBefore(), v.expires()));
  }

  /**
   * Moves the expiry date.
   *
   * @param expires null for none
   */
  public synchronized void setExpiry(KeyId id, @Nullable Instant expires) {
    change(id, v -> copy(v, v.enabled(), v.notBefore(), expires));
  }

  /**
   * Moves the date before which the version must not be used.
   *
   * @param notBefore null for none
   */
  public synchronized void setNotBefore(KeyId id, @Nullable Instant notBefore) {
    change(id, v -> copy(v, v.enabled(), notBefore, v.expires()));
  }

  /**
   * Deletes the key with all its versions: a vault has no way to delete one version. As with soft
   * delete they can be brought back.
   */
  public synchronized void delete(VaultKey key) {
    versions.delete(key::isSameKeyAs);
  }

  /** Brings back a key that was deleted, as it was. */
  public synchronized void recover(VaultKey key) {
    versions.recover(key::isSameKeyAs);
  }

  /** Deletes a vault with all its keys, which can be brought back. */
  public synchronized void deleteVault(String host) {
    versions.delete(key -> key.vaultHost().equals(host));
  }

  /** Brings back a vault that was deleted, with every key that was deleted in it. */
  public synchronized void recoverVault(String host) {
    versions.recover(key -> key.vaultHost().equals(host));
  }

  /** Counts all that was done to any version, by whomever: what an oracle may look at. */
  public synchronized long changes() {
    return versions.changes();
  }

  /** Whether there is such a key. Not counted and not refused. */
  public synchronized boolean has(VaultKey key) {
    return !versions.of(key).isEmpty();
  }

  /** Sets when the vault itself would act on a key. Nothing here acts by itself. */
  public synchronized void setRotationPolicy(VaultKey key, RotationPolicy policy) {
    policies.put(KeyVersions.index(key.toString()), policy);
  }

  /** Sets after how long a version that the vault makes expires; null for never. */
  public synchronized void setExpiryTime(VaultKey key, @Nullable Period expiryTime) {
    setRotationPolicy(key, policy(key).expiringAfter(expiryTime));
  }

  private RotationPolicy policy(VaultKey key) {
    return policies.getOrDefault(KeyVersions.index(key.toString()), RotationPolicy.NONE);
  }

  /** Takes a right from every identity. */
  public synchronized void revoke(VaultRight right) {
    missingRights.add(right);
  }

  public synchronized void grant(VaultRight right) {
    missingRights.remove(right);
  }

  /** Answers the next calls of Rekey with 429. */
  public synchronized void throttle(int calls, Duration comeBackAfter) {
    callsToThrottle = calls;
    retryAfter = comeBackAfter;
  }

  /** Whether a call arrives at all. */
  public synchronized void setReachable(boolean reachable) {
    this.reachable = reachable;
  }

  /**
   * Emits an event about a version, as Key Vault does 30 days before a version's expiry and at it.
   */
  public synchronized void announce(KeyEventType type, KeyId id) {
    emitted.add(events.text(type, existing(id).version(), time.instant()));
  }

  /** The texts of the events since the last call, in order, ready to be posted as they are. */
  public synchronized List<String> takeEvents() {
    List<String> taken = List.copyOf(emitted);
    emitted.clear();
    return taken;
  }

  public synchronized VaultCalls calls() {
    return calls;
  }

  /** All versions of a key, oldest first: what an oracle may look at. Not counted, not refused. */
  public synchronized List<KeyVersion> allVersions(VaultKey key) {
    return existing(key);
  }

  @Override
  public synchronized List<KeyVersion> versions(VaultKey key) {
    calls = calls.oneMoreList();
    checkAllowed(VaultRight.READ, key);
    return existing(key);
  }

  @Override
  public synchronized RotationPolicy rotationPolicy(VaultKey key) {
    checkAllowed(VaultRight.READ_POLICY, key);
    existing(key);
    return policy(key);
  }

  /** As the vault does it: type and operations of the newest version, dates by the key's policy. */
  @Override
  public synchronized KeyId rotate(VaultKey key) {
    calls = calls.oneMoreRotation();
    checkAllowed(VaultRight.ROTATE, key);
    List<KeyVersion> found = existing(key);
    KeyVersion newest = found.get(found.size() - 1);
    Period lifetime = policy(key).expiryTime();
    Instant expires =
        lifetime == null ? null : time.instant().atZone(ZoneOffset.UTC).plus(lifetime).toInstant();
    return createVersion(
        newest.id().key(), new NewVersion(newest.type(), newest.operations(), null, expires));
  }

  @Override
  public synchronized void restore(Restoration restoration) {
    update(restoration.version(), true, restoration.until());
  }

  @Override
  public synchronized void extend(Extension extension) {
    boolean enabled = peek(extension.version().url()).map(KeyVersion::enabled).orElse(false);
    update(extension.version(), enabled, extension.until());
  }

  /**
   * As the vault does it.
   *
   * @param expires null to leave the expiry as it is
   */
  public synchronized void update(KeyId id, boolean enabled, @Nullable Instant expires) {
    checkAllowed(VaultRight.UPDATE, id.key());
    if (versions.get(id).isEmpty()) {
      throw fault(OutsideFault.Kind.NOT_FOUND, "has no version " + id.version(), id.key());
    }
    setEnabled(id, enabled);
    if (expires != null) {
      setExpiry(id, expires);
    }
  }

  private List<KeyVersion> existing(VaultKey key) {
    List<KeyVersion> found = versions.of(key);
    if (found.isEmpty()) {
      throw fault(OutsideFault.Kind.NOT_FOUND, "has no key " + key.name(), key);
    }
    return found;
  }

  private void checkAllowed(VaultRight right, VaultKey key) {
    if (!reachable) {
      throw fault(OutsideFault.Kind.UNREACHABLE, "does not answer", key);
    }
    if (callsToThrottle > 0) {
      callsToThrottle--;
      String message = "the vault " + key.vaultHost() + " asks to come back later";
      throw new OutsideFault(
          OutsideSystem.VAULT, OutsideFault.Kind.BUSY, message, retryAfter, null);
    }
    if (missingRights.contains(right)) {
      String problem = "refuses " + right.action() + " (role " + right.role() + ")";
      throw fault(OutsideFault.Kind.FORBIDDEN, problem, key);
    }
  }

  @Override
  public synchronized byte[] encrypt(String keyUrl, byte[] plain) throws KeyRefused {
    calls = calls.oneMoreEncrypt();
    StoredVersion stored = usable(keyUrl, VaultRight.ENCRYPT);
    KeyDates.checkCover(stored.version(), time.instant());
    return stored.secret().wrap(plain);
  }

  @Override
  public synchronized byte[] decrypt(String keyUrl, byte[] cipher) throws KeyRefused {
    calls = calls.oneMoreDecrypt();
    StoredVersion stored = usable(keyUrl, VaultRight.DECRYPT);
    return stored
        .secret()
        .unwrap(cipher)
        .orElseThrow(() -> new KeyRefused(KeyRefused.Reason.NOT_FOUND));
  }

  /**
   * A version as it stands, without a call that is counted or refused: what an oracle may look at.
   */
  public synchronized Optional<KeyVersion> peek(String keyUrl) {
    return versions.get(keyUrl).map(StoredVersion::version);
  }

  private StoredVersion usable(String keyUrl, VaultRight right) throws KeyRefused {
    if (!reachable) {
      throw new KeyRefused(KeyRefused.Reason.UNREACHABLE);
    }
    if (missingRights.contains(right)) {
      throw new KeyRefused(KeyRefused.Reason.FORBIDDEN);
    }
    StoredVersion stored =
        versions.get(keyUrl).orElseThrow(() -> new KeyRefused(KeyRefused.Reason.NOT_FOUND));
    if (!stored.version().enabled()) {
      throw new KeyRefused(KeyRefused.Reason.DISABLED);
    }
    if (!stored.version().operations().contains(right.operation())) {
      throw new KeyRefused(KeyRefused.Reason.FORBIDDEN);
    }
    return stored;
  }

  private void change(KeyId id, UnaryOperator<KeyVersion> change) {
    StoredVersion stored = existing(id);
    versions.put(stored.with(change.apply(stored.version())));
  }

  private StoredVersion existing(KeyId id) {
    return versions
        .get(id)
        .orElseThrow(() -> new NoSuchElementException("no such key version: " + id));
  }

  private static KeyVersion copy(
      KeyVersion from, boolean enabled, @Nullable Instant notBefore, @Nullable Instant expires) {
    return new KeyVersion(
        from.id(), enabled, from.created(), notBefore, expires, from.type(), from.operations());
  }

  private static OutsideFault fault(OutsideFault.Kind kind, String problem, VaultKey key) {
    return new OutsideFault(
        OutsideSystem.VAULT, kind, "the vault " + key.vaultHost() + " " + problem);
  }
}
