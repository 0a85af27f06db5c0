package dev.rekey.key;

import java.util.Locale;

/**
 * A key in a vault, without a version.
 *
 * @param vaultHost the vault's host, lower case, such as {@code example.vault.azure.net}
 * @param name the key's name, as the vault spells it
 */
public record VaultKey(String vaultHost, String name) {

  /** Two names are one key whatever their case: the vault ignores it. */
  public boolean isSameKeyAs(VaultKey other) {
    return vaultHost.equals(other.vaultHost) && name.equalsIgnoreCase(other.name);
  }

  /** The vault's name, which is the first part of its host. */
  public String vaultName() {
    return vaultHost.substring(0, vaultHost.indexOf('.'));
  }

  /** A short name that is stable in a cloud: that of its vault, a dot, and its own, lower case. */
  public String shortName() {
    return vaultName() + "." + name.toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return "https://" + vaultHost + "/keys/" + name;
  }
}
