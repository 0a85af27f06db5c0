package dev.rekey.simulation.cluster.encryption;

/**
 * A stored value that can be read.
 *
 * @param stale whether it would be stored otherwise today: its provider isn't the first, or its key
 *     id isn't the current one
 * @param content what it holds, deciphered only when asked for: most looks need nothing but
 *     staleness
 */
public record Opened(boolean stale, Content content) {

  /** Deciphers. */
  @FunctionalInterface
  public interface Content {
    byte[] read() throws TransformFailure;
  }

  Opened from(int provider) {
    return provider == 0 ? this : new Opened(true, content);
  }
}
