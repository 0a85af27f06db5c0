package dev.rekey.app.functions;

import dev.rekey.eventgrid.KeyEventText;
import dev.rekey.key.KeyEvent;
import dev.rekey.service.port.Message;
import dev.rekey.storage.MessageText;

/** Queue messages as they lie in storage. */
final class QueueTexts {
  private QueueTexts() {}

  /** The text that a key event travels as. */
  static String of(KeyEvent event) {
    return KeyEventText.of(event);
  }

  /**
   * Reads a message of the operations or the shards queue.
   *
   * @throws UnreadableMessage if it is none of ours, or of another schema version
   */
  static Message read(String text) {
    try {
      return MessageText.read(text);
    } catch (dev.rekey.storage.UnreadableMessage unreadable) {
      throw new UnreadableMessage(unreadable.why().token());
    }
  }
}
