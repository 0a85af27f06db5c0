package dev.rekey.service;

import dev.rekey.key.Ledger;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.step.Plan;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One turn of an operation: the first step whose promise isn't kept decides, and its decision is
 * carried out.
 */
final class Turn {
  private final Ports ports;
  private final Limits limits;
  private final Connection connection;
  private final Stored<Operation> stored;
  private final Instant now;
  private Progress progress;

  Turn(Ports ports, Limits limits, Connection connection, Stored<Operation> stored) {
    this.ports = ports;
    this.limits = limits;
    this.connection = connection;
    this.stored = stored;
    this.now = ports.time().instant();
    this.progress = stored.value().progress();
  }

  void take() {
    Optional<Order> pause = progress.orders().pause();
    if (pause.isPresent()) {
      hold(pause.get());
    } else {
      decide();
    }
  }

  /** Whatever woke it, nothing is begun. */
  private void hold(Order pause) {
    Instant next = now.plus(Decision.Stall.LOOK_AGAIN);
    String who = Remark.behind(pause.actor() + ": " + pause.reason(), stored.value());
    Pending held =
        Pending.staying(
            progress.pending(), now, Pending.Doing.STALLED, Reason.PAUSED, next, who, 0);
    send(save(held).value(), Decision.Stall.LOOK_AGAIN);
  }

  private void decide() {
    Operation operation = stored.value();
    ObserveFacts observe = new ObserveFacts(ports, connection);
    Ledger ledger =
        new Ledgers(ports.records()).of(operation.cluster(), operation.from(), now).value();
    Facts facts = Facts.known(now, operation, ledger);
    List<Plan.Planned> steps = Plan.of(operation, limits);
    for (int number = 0; number < steps.size(); number++) {
      Step step = steps.get(number).step();
      if (isBehind(operation, steps.get(number))) {
        continue;
      }
      facts = observe.add(facts, step.needs(operation));
      facts = observe.add(facts, step.needsBesides(facts));
      Decision decision = step.decide(facts);
      if (!(decision instanceof Decision.Done)) {
        follow(number, step, decision, facts);
        return;
      }
      noteDone(number, step, decision.reason());
    }
  }

  /** Of a phase that is recorded, or before an update that may have been sent. */
  private static boolean isBehind(Operation operation, Plan.Planned planned) {
    return planned.phase() < operation.phase()
        || (planned.step().isBeforeUpdate() && operation.mayHaveUpdated());
  }

  /**
   * A step is noted once, when it is first found done; a later look may find it undone again, and
   * does it again.
   */
  private void noteDone(int number, Step step, Reason reason) {
    if (progress.steps().stream().noneMatch(report -> report.number() == number)) {
      progress = progress.with(new StepReport(number, step.name(), reason, since(number), now));
    }
  }

  private Instant since(int number) {
    Pending pending = progress.pending();
    return pending != null && pending.number() == number ? pending.since() : now;
  }

  private void follow(int number, Step step, Decision decision, Facts facts) {
    if (decision instanceof Decision.Act act) {
      Stored<Operation> intended =
          save(pending(number, step, Pending.Doing.ACTING, act.reason(), now, lastFault()));
      new CarryOut(ports, connection, limits)
          .carryOut(act.effect(), intended.with(succeeding(intended.value())));
      send(intended.value(), Duration.ZERO);
    } else if (decision instanceof Decision.Wait wait) {
      Pending waiting =
          pending(number, step, Pending.Doing.WAITING, wait.reason(), wait.until(), wait.detail());
      send(save(waiting).value(), Duration.between(now, wait.until()));
    } else if (decision instanceof Decision.Stall stall) {
      ports.signals().count("operation-stalled", stall.reason().token());
      Instant next = nextLook(stall);
      String said = Remark.behind(stall.detail(), stored.value());
      Pending stalled = pending(number, step, Pending.Doing.STALLED, stall.reason(), next, said);
      send(save(stalled).value(), Duration.between(now, next));
    } else if (decision instanceof Decision.Refuse refuse) {
      refuse(refuse, facts);
    }
  }

  /** A look before its time, such as a late message leads to, doesn't put off the next. */
  private Instant nextLook(Decision.Stall stall) {
    Instant latest = now.plus(stall.lookAgain());
    Pending before = progress.pending();
    if (before == null
        || before.doing() != Pending.Doing.STALLED
        || before.reason() != stall.reason()) {
      return latest;
    }
    boolean isAhead = before.nextLook().isAfter(now) && before.nextLook().isBefore(latest);
    return isAhead ? before.nextLook() : latest;
  }

  /** What an effect saves when it has met no fault: the next fault waits shortly again. */
  private static Operation succeeding(Operation operation) {
    return operation.with(operation.progress().withoutFaults());
  }

  /** What was superseded is no refusal: it isn't remembered, and nobody need act. */
  private void refuse(Decision.Refuse refuse, Facts facts) {
    if (refuse.reason() == Reason.SUPERSEDED) {
      Ending ending =
          new Ending(Ending.Outcome.CANCELLED, refuse.reason(), refuse.detail(), null, now);
      ports.signals().count("operation-ended", ending.outcome().token());
      end(ending);
      return;
    }
    ports.signals().count("operation-refused", refuse.reason().token());
    Ending ending =
        new Ending(
            Ending.Outcome.REFUSED, refuse.reason(), refuse.detail(), facts.fingerprint(), now);
    end(ending);
  }

  private void end(Ending ending) {
    ports.records().end(stored.with(stored.value().with(progress.with(ending))));
  }

  private Pending pending(
      int number,
      Step step,
      Pending.Doing doing,
      Reason reason,
      Instant nextLook,
      @Nullable String detail) {
    return new Pending(
        number, step.name(), since(number), doing, reason, nextLook, detail, faults(doing));
  }

  /**
   * Until an effect has met no fault, what the last one said is kept: it may say the same again.
   */
  private @Nullable String lastFault() {
    Pending before = progress.pending();
    return before == null || before.faults() == 0 ? null : before.detail();
  }

  /** Until an effect has met no fault, the faults go on counting. */
  private int faults(Pending.Doing doing) {
    Pending before = progress.pending();
    return before == null || doing != Pending.Doing.ACTING ? 0 : before.faults();
  }

  private Stored<Operation> save(Pending pending) {
    Progress next = progress.with(pending).nextTurn();
    return ports.records().save(stored.with(stored.value().with(next)));
  }

  private void send(Operation operation, Duration delay) {
    ports.messages().send(Message.Advance.to(operation), delay);
  }
}
