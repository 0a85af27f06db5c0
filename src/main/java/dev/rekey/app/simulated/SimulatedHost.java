package dev.rekey.app.simulated;

import dev.rekey.reencryption.Limits;
import dev.rekey.service.AdvanceOperation;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.ReceiveKeyEvent;
import dev.rekey.service.Reconcile;
import dev.rekey.service.ReencryptShard;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PoisonQueues;
import dev.rekey.simulation.fault.Instances;
import dev.rekey.simulation.fault.Killed;
import dev.rekey.simulation.host.SimulatedQueue;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.UnreadableRow;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs the function app: brings messages to instances, lets the timer tick, and notes what becomes
 * of each. An instance that dies leaves its message hidden in the queue.
 */
public final class SimulatedHost {
  private static final Duration BETWEEN_WISHES = Duration.ofMinutes(1);
  private static final int MOST_WISHES = 10;

  private final VirtualTime time;
  private final SimulatedQueue<Work> queue;
  private final Instances instances;
  private final Consumer<Supplier<String>> log;
  private final AdvanceOperation advance;
  private final ReencryptShard reencrypt;
  private final ReceiveKeyEvent receive;
  private final Reconcile reconcile;
  private final Releases releases;
  private final Duration betweenTicks;
  private final Set<Work> delivered = new LinkedHashSet<>();
  private final List<String> mistakes = new ArrayList<>();
  private Instant nextTick;
  private boolean deletes;
  private boolean asked;

  /** How a delivery ended. */
  private enum End {
    DONE,
    FAILED,
    KILLED
  }

  /**
   * A function app at which nothing is due yet but a tick.
   *
   * @param poison what the timer counts
   * @param log one line for everything that happens
   */
  public SimulatedHost(
      Ports ports,
      Conduct conduct,
      Limits limits,
      PoisonQueues poison,
      VirtualTime time,
      SimulatedQueue<Work> queue,
      Instances instances,
      Releases releases,
      Consumer<Supplier<String>> log) {
    this.time = time;
    this.queue = queue;
    this.instances = instances;
    this.releases = releases;
    this.log = log;
    this.advance = new AdvanceOperation(ports, limits);
    this.reencrypt = new ReencryptShard(ports, limits);
    this.receive = new ReceiveKeyEvent(ports, conduct);
    this.reconcile = new Reconcile(ports, conduct, poison);
    this.betweenTicks = conduct.lookEvery();
    this.nextTick = time.instant();
  }

  /** What was delivered so far, each once. */
  List<Work> delivered() {
    return List.copyOf(delivered);
  }

  /** Exceptions that no part of the engine should let through. */
  public List<String> mistakes() {
    return List.copyOf(mistakes);
  }

  /** Whether what is at work is another instance than the one that the step is about. */
  boolean isAnotherAtWork() {
    return instances.areSeveral();
  }

  /** Whether the last step has let a message go. */
  boolean hasLetMessageGo() {
    return deletes;
  }

  /** When the next message or tick is due. */
  public Instant nextDue() {
    return queue.nextVisible().filter(visible -> visible.isBefore(nextTick)).orElse(nextTick);
  }

  /**
   * Lets time pass to the next message or tick, and does what is due then.
   *
   * @param timer whether a tick leads to anything
   */
  public void step(boolean timer) {
    deletes = false;
    time.advanceTo(nextDue());
    if (isTickFirst()) {
      tick(timer);
    } else {
      queue.take().ifPresent(this::deliver);
    }
  }

  /** However many messages wait, the timer keeps its time. */
  private boolean isTickFirst() {
    return queue.nextVisible().map(nextTick::isBefore).orElse(true);
  }

  private void tick(boolean timer) {
    nextTick = time.instant().plus(betweenTicks);
    if (timer) {
      log.accept(() -> "tick");
      end(reconcile::run);
    }
  }

  private void deliver(SimulatedQueue.Taken<Work> taken) {
    delivered.add(taken.message());
    End end = end(taken.message());
    deletes = end == End.DONE;
    log.accept(() -> taken.message() + " " + end);
    switch (end) {
      case DONE -> queue.delete(taken);
      case FAILED -> queue.failed(taken);
      case KILLED -> {} // it stays hidden until the queue shows it again
    }
  }

  /** Delivers something outside the queue: what was delivered before, once more. */
  void deliver(Work work) {
    End end = end(work);
    log.accept(() -> "again " + work + " " + end);
  }

  /** Somebody asks over HTTP, and asks again until there is an answer. */
  void ask(Runnable wish) {
    asked = true;
    for (int tries = 0; tries < MOST_WISHES && end(wish) != End.DONE; tries++) {
      time.advance(BETWEEN_WISHES);
    }
    asked = false;
  }

  /** Whether what is at work is for somebody who asks, and no message or tick. */
  boolean isAsked() {
    return asked;
  }

  private End end(Work work) {
    return end(() -> handle(work));
  }

  private End end(Runnable work) {
    try {
      instances.work(
          () -> releases.work(work), () -> end(work), () -> delivered().forEach(this::deliver));
      return End.DONE;
    } catch (OutsideFault | Conflict fault) {
      return End.FAILED;
    } catch (UnreadableRow | Releases.UnreadableWork ofTheNewerRelease) {
      return releases.areRolling() ? End.FAILED : mistake(ofTheNewerRelease);
    } catch (Killed killed) {
      return End.KILLED;
    } catch (RuntimeException mistake) {
      return mistake(mistake);
    }
  }

  private End mistake(RuntimeException mistake) {
    mistakes.add(mistake + " at " + place(mistake));
    return End.FAILED;
  }

  private static String place(RuntimeException mistake) {
    StackTraceElement[] trace = mistake.getStackTrace();
    return trace.length == 0 ? "an unknown place" : trace[0].toString();
  }

  private void handle(Work work) {
    releases.checkReadable(work);
    if (work instanceof Work.Event event) {
      receive.handle(event.event());
    } else if (work instanceof Work.Told told) {
      handle(told.message());
    }
  }

  private void handle(Message message) {
    if (message instanceof Message.Advance next) {
      advance.handle(next);
    } else if (message instanceof Message.WorkShard shard) {
      reencrypt.handle(shard);
    }
  }
}
