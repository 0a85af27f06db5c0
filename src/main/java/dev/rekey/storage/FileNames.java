package dev.rekey.storage;

/**
 * File names for keys. Lower-case letters, digits and hyphens stand for themselves and everything
 * else is escaped, so that no key is a path, a hidden file, or one file with another key where the
 * file system ignores case.
 */
final class FileNames {

  /** Most file systems take 255 bytes; the rest is for endings. */
  private static final int MAX_LENGTH = 200;

  private static final int KEPT = 120;

  private FileNames() {}

  /** The name for a key; a long one ends with a hash instead of the rest of it. */
  static String of(String key) {
    String escaped = escaped(key);
    return escaped.length() <= MAX_LENGTH
        ? escaped
        : escaped.substring(0, KEPT) + "~" + Sha256.hex(key);
  }

  /** What the names of all keys that start with a text start with; those of other keys may too. */
  static String prefix(String keyPrefix) {
    String escaped = escaped(keyPrefix);
    return escaped.substring(0, Math.min(escaped.length(), KEPT));
  }

  private static String escaped(String key) {
    StringBuilder name = new StringBuilder();
    key.chars()
        .forEach(
            character -> name.append(isPlain(character) ? plain(character) : escape(character)));
    return name.toString();
  }

  private static boolean isPlain(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= '0' && character <= '9')
        || character == '-';
  }

  private static String plain(int character) {
    return String.valueOf((char) character);
  }

  private static String escape(int character) {
    return "%%%04x".formatted(character);
  }
}
