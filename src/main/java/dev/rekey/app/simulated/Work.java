package dev.rekey.app.simulated;

import dev.rekey.key.KeyEvent;
import dev.rekey.service.port.Message;

/** What a queue brings to an instance. */
public sealed interface Work {
  /** An event of Key Vault, as {@code rekey-key-events} holds it. */
  record Event(KeyEvent event) implements Work {}

  /** A message of ours. */
  record Told(Message message) implements Work {}
}
