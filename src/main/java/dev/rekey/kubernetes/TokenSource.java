package dev.rekey.kubernetes;

import java.io.IOException;

/** Where a bearer token comes from. */
@FunctionalInterface
public interface TokenSource {

  /**
   * A token that is valid now.
   *
   * @throws IOException if none can be had. The message may be shown to people, so it holds no
   *     token
   */
  String token() throws IOException;
}
