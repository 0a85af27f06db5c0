package dev.rekey.service.port;

import java.time.Duration;

/** The queues, seen from the sender. */
public interface Messages {

  /**
   * Sends a message.
   *
   * @param delay how long it stays invisible; zero for none, at most seven days
   */
  void send(Message message, Duration delay);
}
