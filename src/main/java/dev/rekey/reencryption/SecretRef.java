package dev.rekey.reencryption;

/**
 * A Secret as a metadata list shows it. Nothing else of a Secret is ever kept.
 *
 * @param resourceVersion the version at the time of the list; it moves when, and only when, the
 *     stored object is written
 */
public record SecretRef(String namespace, String name, String uid, String resourceVersion) {

  public SecretRef at(String newResourceVersion) {
    return new SecretRef(namespace, name, uid, newResourceVersion);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
