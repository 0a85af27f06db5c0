package dev.rekey.key;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key version that AKS' API servers use, and that must neither be deleted, nor disabled, nor left
 * to expire: one in a slot, or the one that was in use last before KMS was turned off.
 *
 * @param expires from this instant on it can't be used; null for none, and where it is gone
 * @param remedy the command that mends it, or shows it where nothing does; empty where all is well
 */
public record KeptKey(KeyId version, State state, @Nullable Instant expires, String remedy) {

  /** How it stands. The token is stable: users see it and alerts match it. */
  public enum State {
    USABLE("usable", "it can be used"),
    NEAR_EXPIRY("near-expiry", "it expires soon"),
    EXPIRED("expired", "it has expired"),
    DISABLED("disabled", "it is disabled"),
    UNFIT("unfit", "it can't be used to encrypt and decrypt"),
    GONE("gone", "the vault no longer has it");

    private final String token;
    private final String sentence;

    State(String token, String sentence) {
      this.token = token;
      this.sentence = sentence;
    }

    public String token() {
      return token;
    }

    public String sentence() {
      return sentence;
    }
  }

  /**
   * By what the vault says.
   *
   * @param versions all versions of its key; none if the vault has no such key
   */
  public static KeptKey of(KeyId version, List<KeyVersion> versions, Instant now) {
    Optional<KeyVersion> found =
        versions.stream().filter(one -> one.id().isSameAs(version)).findFirst();
    if (found.isEmpty()) {
      return new KeptKey(version, State.GONE, null, recover(version));
    }
    State state = state(found.get(), now);
    return new KeptKey(version, state, found.get().expires(), remedy(version, state, now));
  }

  /** How near its expiry is; empty if it is far away, or something else is wrong. */
  public Optional<NearExpiry> nearExpiry(Instant now) {
    return state == State.NEAR_EXPIRY && expires != null
        ? NearExpiry.of(expires, now)
        : Optional.empty();
  }

  /** Whether somebody must see to it. */
  public boolean isAtRisk() {
    return state != State.USABLE;
  }

  private static State state(KeyVersion version, Instant now) {
    return switch (version.fitnessAt(now)) {
      case FIT -> isNear(version.expires(), now) ? State.NEAR_EXPIRY : State.USABLE;
      case EXPIRED -> State.EXPIRED;
      case DISABLED -> State.DISABLED;
      case NOT_YET_VALID, NOT_RSA, LACKS_OPERATIONS -> State.UNFIT;
    };
  }

  private static boolean isNear(@Nullable Instant expires, Instant now) {
    return expires != null
        && now.atZone(ZoneOffset.UTC).plus(Renewal.NOTIFIED_BEFORE).toInstant().isAfter(expires);
  }

  private static String remedy(KeyId version, State state, Instant now) {
    Instant until = now.plus(Restoration.LIFETIME).truncatedTo(ChronoUnit.SECONDS);
    return switch (state) {
      case USABLE -> "";
      case NEAR_EXPIRY -> new Extension(version, until).command();
      case EXPIRED -> new Restoration(version, until).command();
      case DISABLED -> new Restoration(version, null).command();
      case UNFIT -> "az keyvault key show --id " + version;
      case GONE -> recover(version);
    };
  }

  /** Deleted keys can be recovered until the vault's soft delete has run out. */
  private static String recover(KeyId version) {
    String host = version.key().vaultHost();
    return "az keyvault key recover --vault-name "
        + host.substring(0, host.indexOf('.'))
        + " --name "
        + version.key().name();
  }
}
