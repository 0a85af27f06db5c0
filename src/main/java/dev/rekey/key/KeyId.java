package dev.rekey.key;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One version of a Key Vault key, named by its full URL {@code https://<vault
 * host>/keys/<name>/<version>}. AKS calls it {@code keyId}.
 *
 * @param key the key, without the version
 * @param version the version, letters and digits, as the vault spells it
 */
public record KeyId(VaultKey key, String version) {

  /**
   * Nothing but the plain form matches: no user info, port, dot segment, escape, query or fragment.
   * The URL comes from events and from ARM, and a token is sent to the host that it names.
   */
  private static final Pattern FORM =
      Pattern.compile(
          "https://(?=[^.]{3,24}\\.)(?<vault>[a-zA-Z](?:-?[a-zA-Z0-9])+)"
              + "\\.(?<suffix>[a-zA-Z.]{1,40})"
              + "/keys/(?<name>[0-9a-zA-Z-]{1,127})/(?<version>[0-9a-zA-Z]{1,64})");

  /**
   * Longest text that is looked at. The longest valid URL has 24 + 25 + 127 + 64 characters and the
   * fixed parts.
   */
  private static final int MAX_LENGTH = 300;

  /**
   * Reads the URL of a key version.
   *
   * @throws InvalidKeyId if the text has another form or names a host outside the cloud's vaults
   */
  public static KeyId parse(String text, Cloud cloud) {
    Matcher matcher = FORM.matcher(text.length() > MAX_LENGTH ? "" : text);
    if (!matcher.matches()) {
      throw new InvalidKeyId(InvalidKeyId.Problem.FORM, cloud);
    }
    String suffix = matcher.group("suffix").toLowerCase(Locale.ROOT);
    if (!suffix.equals(cloud.vaultSuffix())) {
      throw new InvalidKeyId(InvalidKeyId.Problem.FOREIGN_HOST, cloud);
    }
    String host = matcher.group("vault").toLowerCase(Locale.ROOT) + "." + suffix;
    return new KeyId(new VaultKey(host, matcher.group("name")), matcher.group("version"));
  }

  public String url() {
    return key + "/" + version;
  }

  /** Whether both are versions of the same key. */
  public boolean isVersionOfSameKey(KeyId other) {
    return key.isSameKeyAs(other.key);
  }

  /** Whether both name one key version: a vault ignores case. */
  public boolean isSameAs(KeyId other) {
    return url().equalsIgnoreCase(other.url());
  }

  @Override
  public String toString() {
    return url();
  }
}
