package dev.rekey.kubernetes;

import java.io.IOException;

/** A body that isn't what was asked for. The message is ours and quotes nothing of it. */
final class NotUnderstood extends IOException {
  private static final long serialVersionUID = 1L;

  NotUnderstood(String message) {
    super(message);
  }
}
