package dev.rekey.reencryption;

import java.util.ArrayList;
import java.util.List;

/**
 * Packs listed Secrets into shards: small namespaces together, a large one in slices, in the order
 * of the list.
 */
public final class ShardPacking {
  /**
   * Characters in a shard, at most, so that it fits into a row of Azure Tables (480,000) whatever
   * the names.
   */
  private static final int MOST_CHARACTERS = 440_000;

  /** What is written about a Secret besides its names where a look at it was put off: the most. */
  private static final int BESIDE_NAMES = 130;

  private final int size;
  private final List<SecretRef> open = new ArrayList<>();
  private final List<Shard> full = new ArrayList<>();
  private int characters;
  private int next;
  private long discovered;

  /**
   * @param size how many Secrets a shard holds at most
   */
  public ShardPacking(int size) {
    this.size = size;
  }

  public void add(SecretRef secret) {
    open.add(secret);
    discovered++;
    characters += secret.namespace().length() + secret.name().length() + BESIDE_NAMES;
    if (open.size() == size || characters >= MOST_CHARACTERS) {
      closeShard();
    }
  }

  public void addUnlistable(String namespace) {
    full.add(Shard.unlistable(next++, namespace));
    discovered++;
  }

  /**
   * The shards that are full by now; each is handed out once, so that no list is ever whole in
   * memory.
   */
  public List<Shard> takeFull() {
    List<Shard> taken = List.copyOf(full);
    full.clear();
    return taken;
  }

  /** The shards that are left when the list has ended. */
  public List<Shard> takeRest() {
    if (!open.isEmpty()) {
      closeShard();
    }
    return takeFull();
  }

  /** How many shards there are so far. */
  public int count() {
    return next;
  }

  public long discovered() {
    return discovered;
  }

  private void closeShard() {
    full.add(Shard.of(next++, open));
    open.clear();
    characters = 0;
  }
}
