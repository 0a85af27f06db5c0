package dev.rekey.service;

import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pace;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Works on one shard for a bounded time, saves its tally, and hands on the rest. What a killed
 * worker did is seen by the next one from the resourceVersions; its tally was never saved, so
 * nothing counts twice.
 */
public final class ReencryptShard {
  private static final Duration AFTER_SUSPENSION = Duration.ofSeconds(15);

  /** A worker ends this long after its time, at the latest: requests in flight end first. */
  private static final Duration TO_COME_TO_AN_END = Duration.ofMinutes(2);

  private final Ports ports;
  private final Limits limits;

  public ReencryptShard(Ports ports, Limits limits) {
    this.ports = ports;
    this.limits = limits;
  }

  public void handle(Message.WorkShard message) {
    LeaveToWork leave = new LeaveToWork(ports, message);
    Optional<Operation> operation = leave.operation();
    Optional<Pass> pass = operation.flatMap(leave::pass);
    if (pass.isEmpty()) {
      ports.signals().count("message-dropped", "earlier-pass");
      return;
    }
    Optional<Stored<Shard>> shard =
        ports
            .records()
            .shard(message.cluster(), message.operationId(), message.passId(), message.shard());
    if (shard.isEmpty()) {
      ports.signals().count("message-dropped", "unknown-shard");
    } else if (shard.get().value().isDone()) {
      wake(message.cluster(), message.operationId());
    } else if (!leave.toBegin(operation.get(), pass.get())) {
      giveBack(message, shard.get());
    } else {
      hold(message, shard.get()).ifPresent(held -> work(message, pass.get(), held, leave));
    }
  }

  /**
   * A person has paused the operation, or it waits or has stalled before this pass: somebody else
   * may have given the cluster other settings, and what is written under those isn't what this pass
   * is for. When the operation comes to the pass again it finds the shard free, and gives it out.
   */
  private void giveBack(Message.WorkShard message, Stored<Shard> shard) {
    ports.signals().count("message-dropped", "operation-stands-still");
    if (shard.value().isHeldAt(ports.time().instant())) {
      return; // its worker brings its time to an end, and its own message leads here again
    }
    try {
      ports
          .records()
          .markShard(
              message.cluster(),
              message.operationId(),
              message.passId(),
              shard.with(shard.value().recalled()));
    } catch (Conflict conflict) {
      ports.signals().count("message-dropped", "conflict");
    }
  }

  /** Takes the shard for this worker alone. Whoever finds it taken looks again when it is free. */
  private Optional<Stored<Shard>> hold(Message.WorkShard message, Stored<Shard> shard) {
    Instant now = ports.time().instant();
    Instant until = shard.value().heldUntil();
    if (until != null && shard.value().isHeldAt(now)) {
      ports.signals().count("message-delayed", "shard-at-work");
      ports.messages().send(message, Duration.between(now, until));
      return Optional.empty();
    }
    Shard held = shard.value().held(now.plus(limits.shardTime()).plus(TO_COME_TO_AN_END));
    try {
      return Optional.of(
          ports
              .records()
              .markShard(
                  message.cluster(), message.operationId(), message.passId(), shard.with(held)));
    } catch (Conflict conflict) {
      // The same message was delivered twice, and the other delivery has it.
      ports.signals().count("message-dropped", "conflict");
      return Optional.empty();
    }
  }

  private void work(Message.WorkShard message, Pass pass, Stored<Shard> stored, LeaveToWork leave) {
    ShardRun.Result result;
    try (Connection connection = new Connection(ports.kubernetes(), message.cluster());
        PatchLane lane = connection.apiServers().openLane(pass.kind().mode())) {
      Instant deadline = ports.time().instant().plus(limits.shardTime());
      Pace pace = limits.pacing().pace(Math.max(1, stored.value().share()));
      result =
          new ShardRun(
                  lane,
                  pass.kind(),
                  pace,
                  ports.time(),
                  deadline,
                  () -> answers(connection.apiServers()))
              .goingOnWhile(leave::toGoOn)
              .work(stored.value());
    } catch (OutsideFault fault) {
      ports.signals().tell("outside-fault", fault);
      result = new ShardRun.Result(stored.value(), true);
    }
    save(message, stored, result);
  }

  private void save(Message.WorkShard message, Stored<Shard> stored, ShardRun.Result result) {
    Instant now = ports.time().instant();
    Shard worked = result.shard().dispatched(now, result.shard().share());
    try {
      ports
          .records()
          .saveShard(
              message.cluster(), message.operationId(), message.passId(), stored.with(worked));
    } catch (Conflict conflict) {
      // The same message was delivered twice, and the other delivery's tally stands.
      ports.signals().count("message-dropped", "conflict");
      return;
    }
    if (worked.isDone()) {
      wake(message.cluster(), message.operationId());
    } else {
      ports.messages().send(message, result.suspended() ? AFTER_SUSPENSION : Duration.ZERO);
    }
  }

  private static boolean answers(ApiServers servers) {
    try {
      servers.leases();
      return true;
    } catch (OutsideFault fault) {
      return false;
    }
  }

  /**
   * Lets the operation look again. If this message races with a look, the next delayed look finds
   * the shard done.
   */
  private void wake(ClusterName cluster, String operationId) {
    ports
        .records()
        .operation(cluster, operationId)
        .map(Stored::value)
        .filter(Operation::isActive)
        .ifPresent(active -> ports.messages().send(Message.Advance.to(active), Duration.ZERO));
  }
}
