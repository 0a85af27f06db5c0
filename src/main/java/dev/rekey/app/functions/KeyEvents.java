package dev.rekey.app.functions;

import dev.rekey.eventgrid.KeyEventParser;
import dev.rekey.key.Cloud;
import dev.rekey.key.IgnoredEvent;
import dev.rekey.key.IgnoredReason;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.ReceivedEvent;
import dev.rekey.service.port.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Sorts the events in a text: ours, others that may come by, and what nobody should send. */
final class KeyEvents {
  private final KeyEventParser parser;
  private final Signals signals;

  KeyEvents(Cloud cloud, Signals signals) {
    this.parser = new KeyEventParser(cloud);
    this.signals = signals;
  }

  /**
   * What of a text is ours, and the first reason why something in it isn't even an event of Key
   * Vault's.
   */
  record Sorted(List<KeyEvent> events, Optional<IgnoredReason> foreign) {}

  Sorted sort(String text) {
    List<KeyEvent> events = new ArrayList<>();
    Optional<IgnoredReason> foreign = Optional.empty();
    for (ReceivedEvent received : parser.parse(text)) {
      if (received instanceof KeyEvent event) {
        events.add(event);
      } else if (received instanceof IgnoredEvent ignored) {
        boolean harmless = ignored.reason() == IgnoredReason.OTHER_TYPE;
        String name = harmless ? "key-event-ignored" : "key-event-foreign";
        signals.count(name, ignored.reason().token());
        foreign = harmless ? foreign : foreign.or(() -> Optional.of(ignored.reason()));
      }
    }
    return new Sorted(List.copyOf(events), foreign);
  }
}
