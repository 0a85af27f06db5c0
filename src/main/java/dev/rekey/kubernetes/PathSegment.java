package dev.rekey.kubernetes;

import java.util.List;

/** A name as a part of a path. OkHttp encodes whatever it holds, with two exceptions. */
final class PathSegment {
  private PathSegment() {}

  /** Whether it names what it says: {@code .} and {@code ..} would lead somewhere else. */
  static boolean canBe(String name) {
    return !name.isEmpty() && !List.of(".", "..").contains(name);
  }
}
