package dev.rekey.app.functions;

import dev.rekey.eventgrid.KeyEventText;
import dev.rekey.key.KeyEvent;
import dev.rekey.service.port.Message;
import dev.rekey.storage.MessageText;

/** Queue messages as they lie in storage. */
final class StoredTexts implements QueueTexts {

  @Override
  public String of(KeyEvent event) {
    return KeyEventText.of(event);
  }

  @Override
  public Message read(String text) {
    try {
      return MessageText.read(text);
    } catch (dev.rekey.storage.UnreadableMessage unreadable) {
      throw new UnreadableMessage(unreadable.why().token());
    }
  }
}
