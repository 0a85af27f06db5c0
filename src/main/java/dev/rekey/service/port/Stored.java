package dev.rekey.service.port;

/**
 * A value as it was read from a store.
 *
 * @param etag names this state of it; never blank, since a blank one would be taken as "whatever is
 *     there"
 */
public record Stored<T>(T value, String etag) {
  public Stored {
    if (etag.isBlank()) {
      throw new IllegalArgumentException("a stored value needs an ETag");
    }
  }

  public Stored<T> with(T changed) {
    return new Stored<>(changed, etag);
  }
}
