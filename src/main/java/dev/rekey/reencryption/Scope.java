package dev.rekey.reencryption;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which Secrets a pass takes in: all, those of a range of namespaces, or those of a range of names
 * in one namespace. A range stays short however many it takes in, and a Secret that is made
 * meanwhile falls into one half or the other.
 *
 * @param namespace the one namespace whose Secrets are meant; null where the range is of namespaces
 * @param from the first name of the range; null for no bound
 * @param until the first name behind the range; null for no bound
 * @param extent what a list found in it; null before its list
 */
public record Scope(
    @Nullable String namespace,
    @Nullable String from,
    @Nullable String until,
    @Nullable Extent extent) {

  /** Every Secret. */
  public static final Scope WHOLE = new Scope(null, null, null, null);

  /** The Secrets of one namespace. */
  public static Scope within(String namespace) {
    return new Scope(namespace, null, null, null);
  }

  public Scope with(Extent found) {
    return new Scope(namespace, from, until, found);
  }

  /** The same range before its list. */
  public Scope unlisted() {
    return new Scope(namespace, from, until, null);
  }

  public boolean isWithinNamespace() {
    return namespace != null;
  }

  /** Whether a namespace lies in it, at least in part. */
  public boolean takesNamespace(String name) {
    return namespace == null ? isInRange(name) : namespace.equals(name);
  }

  /** Whether a Secret of a namespace that lies in it does. */
  public boolean takesSecret(String name) {
    return namespace == null || isInRange(name);
  }

  /** Whether a list in the order of names has left it behind. */
  public boolean isBehind(String name) {
    return namespace != null && isAtEnd(name);
  }

  private boolean isInRange(String name) {
    return (from == null || name.compareTo(from) >= 0) && !isAtEnd(name);
  }

  private boolean isAtEnd(String name) {
    return until != null && name.compareTo(until) >= 0;
  }

  /** The part before a name. */
  Scope before(String middle) {
    return new Scope(namespace, from, middle, null);
  }

  /** The part from a name on. */
  Scope startingAt(String middle) {
    return new Scope(namespace, middle, until, null);
  }

  /** Whether another range begins where this one ends. */
  boolean isFollowedBy(Scope other) {
    return until != null && until.equals(other.from) && Objects.equals(namespace, other.namespace);
  }
}
