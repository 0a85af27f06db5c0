package dev.rekey.service;

import dev.rekey.key.VaultKey;
import dev.rekey.operation.preflight.KeySide;
import dev.rekey.operation.preflight.Reach;
import dev.rekey.operation.preflight.Reach.Contact;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Right;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.Vault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads keys in their vaults, and remembers how it went with each. */
final class ReadKeys {
  private static final String KEYS = "Microsoft.KeyVault/vaults/keys/read";
  private static final String POLICIES = "Microsoft.KeyVault/vaults/keyrotationpolicies/read";

  private final Vault vault;
  private final List<VaultSide> sides;
  private final Silence silence;
  private final Map<VaultKey, Contact> contacts = new HashMap<>();

  /**
   * Reads nothing yet.
   *
   * @param sides what ARM shows of the vaults, so that a missing right can be named with its scope
   * @param silence what becomes of a key whose versions the vault gives no answer about; a policy
   *     serves advice alone, and nothing waits for one
   */
  ReadKeys(Vault vault, List<VaultSide> sides, Silence silence) {
    this.vault = vault;
    this.sides = sides;
    this.silence = silence;
  }

  KeySide read(VaultKey key) {
    return new KeySide(
        key,
        reading(key, KEYS, silence, () -> vault.versions(key)),
        reading(key, POLICIES, Silence.TOLD, () -> vault.rotationPolicy(key)));
  }

  /** How it went with the first call about a key. */
  Contact contact(@Nullable VaultKey key) {
    return key == null ? Contact.NOT_TRIED : contacts.getOrDefault(key, Contact.NOT_TRIED);
  }

  private <T> Reading<T> reading(VaultKey key, String action, Silence onSilence, Supplier<T> call) {
    try {
      T value = call.get();
      contacts.putIfAbsent(key, Contact.ANSWERED);
      return Reading.of(value);
    } catch (OutsideFault fault) {
      onSilence.check(fault);
      String why = String.valueOf(fault.getMessage());
      contacts.putIfAbsent(key, contact(fault, why));
      boolean forbidden = fault.kind() == Kind.FORBIDDEN;
      Right missing = forbidden ? new Right(action, scope(key)) : null;
      return new Reading.Unread<>(why, missing, fault.kind() == Kind.NOT_FOUND);
    }
  }

  private String scope(VaultKey key) {
    return sides.stream()
        .filter(side -> side.host().equals(key.vaultHost()))
        .findFirst()
        .map(VaultSide::idInCommands)
        .orElse(key.vaultHost());
  }

  /** A refusal may be one of the vault's firewall. */
  static Contact contact(OutsideFault fault, String why) {
    return switch (fault.kind()) {
      case FORBIDDEN, UNAUTHENTICATED -> new Contact(Reach.State.REFUSED, why);
      case NOT_FOUND, CONFLICT, CHANGED_MEANWHILE, REJECTED, BUSY -> Contact.ANSWERED;
      default -> Contact.silent(why);
    };
  }
}
