package dev.rekey.kubernetes;

import java.io.IOException;

/** No credential could be had for a request, so it wasn't sent. */
final class CredentialUnavailable extends IOException {
  private static final long serialVersionUID = 1L;

  CredentialUnavailable(String message) {
    super(message);
  }
}
