package dev.rekey.simulation.cluster.replica;

import dev.rekey.simulation.cluster.encryption.Opened;
import dev.rekey.simulation.cluster.encryption.TransformFailure;
import dev.rekey.simulation.cluster.etcd.StoredSecret;

/** A Secret that an API server could read: as it is stored, and what it holds. */
public record ReadableSecret(StoredSecret stored, Opened.Content lazyContent) {

  static ReadableSecret of(StoredSecret stored, byte[] content) {
    return new ReadableSecret(stored, () -> content);
  }

  /** Deciphers, if that hasn't been done. */
  public byte[] content() {
    try {
      return lazyContent.read();
    } catch (TransformFailure damaged) {
      throw new IllegalStateException("a value sealed by the simulation opens again", damaged);
    }
  }
}
