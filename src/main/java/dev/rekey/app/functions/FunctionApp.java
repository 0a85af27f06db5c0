package dev.rekey.app.functions;

import dev.rekey.key.KeyEvent;
import dev.rekey.service.AdvanceOperation;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.ReceiveKeyEvent;
import dev.rekey.service.Reconcile;
import dev.rekey.service.ReencryptShard;
import dev.rekey.service.port.Message;
import dev.rekey.telemetry.LoggedSignals;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * The function app: one method per function that isn't asked over HTTP, and {@link #web} for those
 * that are. Each throws {@link InvalidSettings} while the settings can't be used, and {@link
 * dev.rekey.service.port.OutsideFault} where the host should deliver again.
 */
public final class FunctionApp {
  private final EngineOnce engine;
  private final WebFront web;

  /** Reads nothing yet. */
  public FunctionApp() {
    this(System::getenv, AzureParts::open);
  }

  FunctionApp(Supplier<Map<String, String>> environment, Function<Settings, Parts> open) {
    this.engine = new EngineOnce(environment, open);
    this.web = new WebFront(engine);
  }

  public WebFront web() {
    return web;
  }

  /**
   * The events in a text that concern key versions, each as a queue message's text. What isn't ours
   * is counted and dropped: Event Grid would send it again for a day.
   */
  public List<String> keyEvents(String text, Logger logger) {
    Engine made = engine.get();
    List<KeyEvent> ours = sorted(made, text, logger).events();
    return ours.stream().map(QueueTexts::of).toList();
  }

  /**
   * Reacts to the events in a queue message, be it ours or Event Grid's own delivery.
   *
   * @throws UnreadableMessage if there is something in it that nobody should send; the rest is done
   *     by then
   */
  public void receiveKeyEvent(String text, Logger logger) {
    Engine made = engine.get();
    KeyEvents.Sorted sorted = sorted(made, text, logger);
    ReceiveKeyEvent receive = new ReceiveKeyEvent(ports(made, logger), conduct(made));
    sorted.events().forEach(receive::handle);
    sorted
        .foreign()
        .ifPresent(
            reason -> {
              throw new UnreadableMessage(reason.token());
            });
  }

  /**
   * Moves an operation on.
   *
   * @throws UnreadableMessage if the message is none for an operation
   */
  public void advanceOperation(String text, Logger logger) {
    Engine made = engine.get();
    if (read(text, logger) instanceof Message.Advance advance) {
      new AdvanceOperation(ports(made, logger), made.limits()).handle(advance);
    } else {
      throw unreadable("not-for-this-queue", logger);
    }
  }

  /**
   * Works on a shard.
   *
   * @throws UnreadableMessage if the message is none for a shard
   */
  public void reencryptShard(String text, Logger logger) {
    Engine made = engine.get();
    if (read(text, logger) instanceof Message.WorkShard shard) {
      new ReencryptShard(ports(made, logger), made.limits()).handle(shard);
    } else {
      throw unreadable("not-for-this-queue", logger);
    }
  }

  /** Makes good what was lost, and looks at every cluster. */
  public void reconcile(Logger logger) {
    Engine made = engine.get();
    new Reconcile(ports(made, logger), conduct(made), made.parts().poison()).run();
  }

  private static Message read(String text, Logger logger) {
    try {
      return QueueTexts.read(text);
    } catch (UnreadableMessage unreadable) {
      new LoggedSignals(logger).count("message-unreadable", "not-ours");
      throw unreadable;
    }
  }

  private static UnreadableMessage unreadable(String reason, Logger logger) {
    new LoggedSignals(logger).count("message-unreadable", reason);
    return new UnreadableMessage(reason);
  }

  private static KeyEvents.Sorted sorted(Engine made, String text, Logger logger) {
    return new KeyEvents(conduct(made).cloud(), new LoggedSignals(logger)).sort(text);
  }

  private static Conduct conduct(Engine made) {
    return made.settings().conduct();
  }

  private static Ports ports(Engine made, Logger logger) {
    return made.parts().ports(new LoggedSignals(logger));
  }
}
