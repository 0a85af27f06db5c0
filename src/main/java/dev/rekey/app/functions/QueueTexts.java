package dev.rekey.app.functions;

import dev.rekey.key.KeyEvent;
import dev.rekey.service.port.Message;

/** What queue messages look like; bound to the adapters that know. */
interface QueueTexts {

  /** The text that a key event travels as. */
  String of(KeyEvent event);

  /**
   * Reads a message of the operations or the shards queue.
   *
   * @throws UnreadableMessage if it is none of ours, or of another schema version
   */
  Message read(String text);
}
