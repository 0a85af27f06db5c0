package dev.rekey.simulation.cluster.replica;

import dev.rekey.reencryption.PatchMode;
import dev.rekey.simulation.cluster.admission.Admission;
import dev.rekey.simulation.cluster.encryption.Opened;
import dev.rekey.simulation.cluster.encryption.TransformFailure;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.etcd.SimulatedEtcd;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import java.time.InstantSource;
import java.util.function.UnaryOperator;

/** What one process answers to requests for a single Secret. */
public final class SecretRequests {
  private final ServerProcess process;
  private final SimulatedEtcd etcd;
  private final Admission admission;
  private final InstantSource time;

  SecretRequests(
      ServerProcess process, SimulatedEtcd etcd, Admission admission, InstantSource time) {
    this.process = process;
    this.etcd = etcd;
    this.admission = admission;
    this.time = time;
  }

  /**
   * An empty patch. The stored value is read from etcd once, whatever becomes of the request, and
   * is written again if, and only if, it is stale. A dry run never looks at staleness.
   */
  public ReadableSecret patch(SecretKey key, PatchMode mode) throws Refusal {
    admission.authorize(key);
    StoredSecret stored = find(key);
    if (admission.alters(key) && mode.writes()) {
      return edit(key, admission::altered);
    }
    Opened opened = open(stored);
    admission.admit(key);
    ReadableSecret current = new ReadableSecret(stored, opened.content());
    boolean rewrite = mode.writes() && opened.stale();
    return rewrite ? write(stored, current.content()) : current;
  }

  /**
   * Any change of the content. With a filled watch cache the server starts from its copy and never
   * reads what is stored: so an edit even succeeds, and heals, where an empty patch meets a dropped
   * key.
   */
  public ReadableSecret edit(SecretKey key, UnaryOperator<byte[]> change) throws Refusal {
    StoredSecret stored = find(key);
    ReadableSecret current = origin(stored);
    admission.admit(key);
    return write(stored, change.apply(current.content()));
  }

  public ReadableSecret create(SecretKey key, byte[] content) throws Refusal {
    if (etcd.get(key) != null) {
      throw Refusals.alreadyExists(key.name());
    }
    return ReadableSecret.of(etcd.create(key, time.instant(), seal(content), content), content);
  }

  /** Reads from etcd, and a real watch delivers the last value once more. */
  public void delete(SecretKey key) throws Refusal {
    StoredSecret stored = find(key);
    open(stored);
    etcd.delete(stored);
  }

  /** Reads from etcd. */
  public ReadableSecret get(SecretKey key) throws Refusal {
    StoredSecret stored = find(key);
    return new ReadableSecret(stored, open(stored).content());
  }

  /** Reads with {@code resourceVersion=0}: from the watch cache, if that can serve. */
  public ReadableSecret getCached(SecretKey key) throws Refusal {
    return origin(find(key));
  }

  private ReadableSecret origin(StoredSecret stored) throws Refusal {
    ReadableSecret cached = process.cache().isReady() ? process.cache().get(stored) : null;
    return cached != null ? cached : new ReadableSecret(stored, open(stored).content());
  }

  private ReadableSecret write(StoredSecret stored, byte[] content) throws Refusal {
    return ReadableSecret.of(etcd.rewrite(stored, seal(content), content), content);
  }

  private StoredSecret find(SecretKey key) throws Refusal {
    StoredSecret stored = etcd.get(key);
    if (stored == null) {
      throw Refusals.notFound(key.name());
    }
    return stored;
  }

  private Opened open(StoredSecret stored) throws Refusal {
    try {
      return process.open(stored);
    } catch (TransformFailure failure) {
      throw Refusals.undecryptable(failure.text());
    }
  }

  private byte[] seal(byte[] content) throws Refusal {
    try {
      return process.seal(content);
    } catch (TransformFailure failure) {
      throw Refusals.unwritable(failure.text());
    }
  }
}
