package dev.rekey.simulation.cluster.etcd;

import dev.rekey.reencryption.SecretRef;
import java.time.Instant;

/**
 * One Secret in etcd.
 *
 * <p>The uid and the time of creation stand beside the value, though a real etcd has them inside,
 * so that a list needs no decryption. Nothing of a Secret's data does.
 */
public final class StoredSecret {
  private final SecretKey key;
  private final String uid;
  private final Instant created;
  private final long revision;
  private final byte[] value;

  StoredSecret(SecretKey key, String uid, Instant created, long revision, byte[] value) {
    this.key = key;
    this.uid = uid;
    this.created = created;
    this.revision = revision;
    this.value = value;
  }

  public SecretKey key() {
    return key;
  }

  public String uid() {
    return uid;
  }

  public Instant created() {
    return created;
  }

  /** The revision that last wrote it, which is its resourceVersion. */
  public long revision() {
    return revision;
  }

  /** The stored bytes; not to be changed. */
  public byte[] value() {
    return value;
  }

  public SecretRef ref() {
    return new SecretRef(key.namespace(), key.name(), Long.toString(revision));
  }
}
