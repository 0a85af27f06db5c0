package dev.rekey.operation.preflight;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One part of what lies around a cluster: read, or not read and why. A check that needs a part that
 * wasn't read says so; it never guesses.
 */
public sealed interface Reading<T> {

  /** It was read. */
  record Read<T>(T value) implements Reading<T> {}

  /**
   * It could not be read.
   *
   * @param why a sentence of ours without a full stop, which quotes nothing foreign
   * @param missing the right whose lack is the cause; null for another cause
   * @param absent whether Azure says that there is no such thing
   */
  record Unread<T>(String why, @Nullable Right missing, boolean absent) implements Reading<T> {}

  static <T> Reading<T> of(T value) {
    return new Read<>(value);
  }

  static <T> Reading<T> unread(String why) {
    return new Unread<>(why, null, false);
  }

  static <T> Reading<T> absent(String why) {
    return new Unread<>(why, null, true);
  }

  static <T> Reading<T> lacking(Right right) {
    return new Unread<>("the right " + right + " is missing", right, false);
  }

  /** What was read; empty if it wasn't. */
  default Optional<T> known() {
    return this instanceof Read<T> read ? Optional.of(read.value()) : Optional.empty();
  }

  /** The part of the part, or the same reason why not. */
  default <U> Reading<U> then(Function<T, Reading<U>> next) {
    if (this instanceof Read<T> read) {
      return next.apply(read.value());
    }
    Unread<T> unread = (Unread<T>) this;
    return new Unread<>(unread.why(), unread.missing(), unread.absent());
  }

  default <U> Reading<U> map(Function<T, U> part) {
    return then(value -> of(part.apply(value)));
  }

  /** A member that ARM may leave out, or show as something that it can't be. */
  default <U> Reading<U> member(String name, Function<T, @Nullable U> member) {
    return then(
        value -> {
          U found = member.apply(value);
          return found == null ? unread("it doesn't show " + name) : of(found);
        });
  }
}
