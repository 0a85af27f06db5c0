package dev.rekey.simulation.cluster.etcd;

/**
 * Names a Secret as etcd orders it. Order is that of the whole key, byte by byte, as in a real
 * list: {@code a-b/x} comes before {@code a/x}.
 */
public record SecretKey(String namespace, String name, String path)
    implements Comparable<SecretKey> {

  /** What every key begins with. */
  public static final String ROOT = "/registry/secrets/";

  public static SecretKey of(String namespace, String name) {
    return new SecretKey(namespace, name, ROOT + namespace + "/" + name);
  }

  /** What the keys of all Secrets, or of those of a namespace, begin with. */
  public static String prefixOf(String namespace) {
    return ROOT + namespace + "/";
  }

  @Override
  public int compareTo(SecretKey other) {
    return path.compareTo(other.path);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
