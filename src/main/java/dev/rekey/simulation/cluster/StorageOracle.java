package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.encryption.Envelope;
import dev.rekey.simulation.cluster.encryption.Sha256;
import dev.rekey.simulation.cluster.etcd.EtcdWatcher;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.etcd.SimulatedEtcd;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Knows what lies in etcd and under which key, without any key. For tests, and to check promises
 * after every step.
 */
public final class StorageOracle implements EtcdWatcher {
  /** Stands for the key of what is stored plain. */
  public static final String PLAIN = "plain";

  private final SimulatedEtcd etcd;
  private final Map<String, byte[]> contents = new HashMap<>();
  private long writes;

  StorageOracle(SimulatedEtcd etcd) {
    this.etcd = etcd;
    etcd.watch(this);
  }

  /** How many Secrets lie under each KMS key id, and how many plain. */
  public Map<String, Integer> countsByKeyId() {
    Map<String, Integer> counts = new TreeMap<>();
    etcd.all().values().forEach(each -> counts.merge(keyId(each), 1, Integer::sum));
    return counts;
  }

  /** How many Secrets lie under a key version. */
  public int under(String keyUrl) {
    return countsByKeyId().getOrDefault(Sha256.hex(keyUrl), 0);
  }

  public int plain() {
    return countsByKeyId().getOrDefault(PLAIN, 0);
  }

  public int count() {
    return etcd.all().size();
  }

  /** Writes and deletions since the beginning. */
  public long writes() {
    return writes;
  }

  /** The revision of the whole store. */
  public long revision() {
    return etcd.revision();
  }

  /** All Secrets, in order. */
  public List<StoredSecret> secrets() {
    return List.copyOf(etcd.all().values());
  }

  /** Null if there is no such Secret. */
  public @Nullable StoredSecret secret(String namespace, String name) {
    return etcd.get(SecretKey.of(namespace, name));
  }

  /** How Azure's KMS plugin calls a key version. */
  public static String keyIdOf(String keyUrl) {
    return Sha256.hex(keyUrl);
  }

  /** The KMS key id that a stored value names, or {@link #PLAIN}. */
  public static String keyId(StoredSecret secret) {
    Envelope envelope = Envelope.parse(secret.value());
    return envelope == null ? PLAIN : envelope.keyId();
  }

  /** What was last written to it, by whomever. */
  public SecretContent content(String namespace, String name) {
    byte[] content = contents.get(SecretKey.of(namespace, name).path());
    if (content == null) {
      throw new IllegalArgumentException("there is no Secret " + namespace + "/" + name);
    }
    return SecretContent.fromBytes(content);
  }

  @Override
  public void written(StoredSecret secret, byte[] content) {
    writes++;
    contents.put(secret.key().path(), content);
  }

  @Override
  public void deleted(StoredSecret last) {
    writes++;
    contents.remove(last.key().path());
  }
}
