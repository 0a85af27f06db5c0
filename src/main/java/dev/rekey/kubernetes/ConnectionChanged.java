package dev.rekey.kubernetes;

import java.io.IOException;

/** What was to be sent over one connection came to another. It was not sent. */
final class ConnectionChanged extends IOException {
  private static final long serialVersionUID = 1L;

  ConnectionChanged() {
    super("the connection changed in between");
  }
}
