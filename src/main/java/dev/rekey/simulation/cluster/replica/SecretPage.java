package dev.rekey.simulation.cluster.replica;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of Secrets.
 *
 * @param revision the state that the whole list shows
 * @param next the token of the next page; null at the end
 * @param remaining how many are yet to come
 */
public record SecretPage(
    List<ReadableSecret> items, long revision, @Nullable String next, int remaining) {
  public SecretPage {
    items = List.copyOf(items);
  }

  /** One Secret as a list of one, whose resourceVersion is the Secret's own. */
  public static SecretPage of(ReadableSecret secret) {
    return new SecretPage(List.of(secret), secret.stored().revision(), null, 0);
  }
}
