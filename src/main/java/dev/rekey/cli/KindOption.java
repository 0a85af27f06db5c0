package dev.rekey.cli;

import dev.rekey.operation.Kind;
import java.util.Arrays;
import java.util.Iterator;
import java.util.stream.Collectors;

/** The kind of an operation, as it is typed. */
final class KindOption {
  private KindOption() {}

  /** The tokens of all kinds: no list of them is written by hand, to go stale. */
  static final class Tokens implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Arrays.stream(Kind.values()).map(Kind::token).iterator();
    }
  }

  /** The kind of this token; rotate, and said to be bad, if there is none. */
  static Kind parse(String token, BadOptions bad) {
    for (Kind kind : Kind.values()) {
      if (kind.token().equals(token)) {
        return kind;
      }
    }
    String known = Arrays.stream(Kind.values()).map(Kind::token).collect(Collectors.joining(", "));
    bad.add("--kind " + token, "one of " + known);
    return Kind.ROTATE;
  }
}
