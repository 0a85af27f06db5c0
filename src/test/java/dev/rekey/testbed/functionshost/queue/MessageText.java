package dev.rekey.testbed.functionshost.queue;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * Message bodies by host.json's {@code messageEncoding}. The queue clients here have no encoding of
 * their own, so that a body which can't be read can be copied as it is.
 */
record MessageText(boolean base64) {

  String encoded(String text) {
    return base64
        ? Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        : text;
  }

  /** Empty where it should be Base64 and isn't. */
  Optional<String> decoded(String body) {
    try {
      return Optional.of(
          base64 ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
