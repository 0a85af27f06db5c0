package dev.rekey.reencryption;

/**
 * A Secret as a list shows it: a name, and when it was listed. Nothing else of a Secret is ever
 * kept.
 *
 * @param resourceVersion a version that the object had, or that the list had, when it was listed:
 *     whatever was written before has a lower one, whatever is written afterwards a higher one
 */
public record SecretRef(String namespace, String name, String resourceVersion) {

  public SecretRef at(String newResourceVersion) {
    return new SecretRef(namespace, name, newResourceVersion);
  }

  /**
   * Whether an object with this resourceVersion has been written since. Versions are decimal
   * numbers that grow with every write to etcd, of one cluster's all Secrets together; should one
   * ever not be a number, any other text counts as moved.
   */
  public boolean isMovedBy(String newResourceVersion) {
    if (isNumber(resourceVersion) && isNumber(newResourceVersion)) {
      return Long.parseLong(newResourceVersion) > Long.parseLong(resourceVersion);
    }
    return !newResourceVersion.equals(resourceVersion);
  }

  private static boolean isNumber(String text) {
    boolean digits = text.chars().allMatch(character -> character >= '0' && character <= '9');
    return digits && !text.isEmpty() && text.length() <= 18;
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
