package dev.rekey.reencryption;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param next the token of the next page; null if, and only if, the list has come to its end
 */
public record Listing<T>(List<T> items, @Nullable String next) {
  public Listing {
    items = List.copyOf(items);
  }
}
