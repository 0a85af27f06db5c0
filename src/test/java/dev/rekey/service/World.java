package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.clusterOn;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;

import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.reencryption.Pass;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Messages;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Stored;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.Row;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Everything around the use cases, in memory: one cluster on version 1 of a key that has a version
 * 2, two replicas.
 */
final class World {
  final TestClock time = new TestClock(NOW);
  final List<String> log = new ArrayList<>();
  final LoggingTable table = new LoggingTable(log);
  final TableRecords records = new TableRecords(table);
  final FakeApiServers servers = new FakeApiServers(time);
  final FakeSurroundings surroundings = new FakeSurroundings();
  final FakeClusters clusters = new FakeClusters(log);
  final FakeVault vault = new FakeVault();
  final List<KeyVersion> versions = vault.versions;
  final List<Sent> sent = new ArrayList<>();
  final List<String> signals = new ArrayList<>();
  final MemoryQueues queues = new MemoryQueues(time);
  final Limits limits;
  final Ports ports;
  private int ids;

  /** A message that was sent. */
  record Sent(Message message, Duration delay) {}

  World() {
    this(new Limits(8, Pacing.FIXED, 2, 100, Duration.ofMinutes(4)));
  }

  World(Limits limits) {
    this.limits = limits;
    Messages messages =
        (message, delay) -> {
          sent.add(new Sent(message, delay));
          queues.send(message, delay);
        };
    ports =
        new Ports(
            clusters,
            surroundings,
            vault,
            servers,
            records,
            messages,
            (name, reason) -> signals.add(name + " " + reason),
            last -> "20260301-" + String.format("%03d", ++ids),
            time);
    versions.addAll(List.of(version(1), version(2)));
    clusters.put(clusterOn(1));
    servers.replica("a", hash(1));
    servers.replica("b", hash(1));
    clusters.onUpdate = to -> servers.replicas.values().forEach(one -> one.loads(hashOf(to)));
  }

  private static dev.rekey.key.KeyIdHash hashOf(dev.rekey.key.KeyId key) {
    return dev.rekey.key.KeyIdHash.predict(key);
  }

  static OutsideFault fault(OutsideSystem system, OutsideFault.Kind kind) {
    return new OutsideFault(system, kind, "scripted");
  }

  Operation start(Kind kind) {
    if (records.ledger(CLUSTER).isEmpty()) {
      records.begin(CLUSTER, Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1)));
    }
    Origin origin = new Origin(Origin.Trigger.EVENT, "key-vault", "test");
    boolean rotates = kind == Kind.ROTATE;
    return new StartOperation(ports)
        .start(CLUSTER, kind, Route.of(key(1), rotates ? key(2) : key(1)), origin)
        .orElseThrow();
  }

  Operation read(Operation operation) {
    return records.operation(CLUSTER, operation.id()).orElseThrow().value();
  }

  /** Stores the operation with this pass in it. */
  Operation put(Operation operation, Pass pass) {
    Stored<Operation> stored = records.operation(CLUSTER, operation.id()).orElseThrow();
    Operation changed = stored.value().with(stored.value().progress().with(pass));
    return records.save(stored.with(changed)).value();
  }

  void deliver(Message message) {
    if (message instanceof Message.Advance next) {
      new AdvanceOperation(ports, limits).handle(next);
    } else if (message instanceof Message.WorkShard shard) {
      new ReencryptShard(ports, limits).handle(shard);
    }
  }

  void advance(Operation operation) {
    Operation now = read(operation);
    deliver(new Message.Advance(CLUSTER, now.id(), now.progress().turn()));
  }

  /** Works through the messages until the operation ends or stalls, or so much time has passed. */
  Operation run(Operation operation, Duration patience) {
    Instant end = time.instant().plus(patience);
    for (int messages = 0; messages < 20_000; messages++) {
      Operation now = read(operation);
      Pending pending = now.progress().pending();
      boolean stalled = pending != null && pending.doing() == Pending.Doing.STALLED;
      Optional<Instant> due = queues.nextDue();
      if (!now.isActive() || stalled || due.isEmpty() || due.get().isAfter(end)) {
        return now;
      }
      time.passUntil(due.get());
      queues.take().ifPresent(this::deliverSafely);
    }
    return read(operation);
  }

  /** Works through the messages until this holds. */
  Operation runUntil(Operation operation, java.util.function.Predicate<Operation> reached) {
    for (int messages = 0; messages < 5_000; messages++) {
      Operation now = read(operation);
      if (reached.test(now)) {
        return now;
      }
      time.passUntil(queues.nextDue().orElseThrow());
      queues.take().ifPresent(this::deliverSafely);
    }
    throw new AssertionError("never reached; now at " + read(operation).progress());
  }

  private void deliverSafely(Message message) {
    try {
      deliver(message);
    } catch (Conflict | OutsideFault failed) {
      signals.add("message-failed " + failed.getMessage());
    }
  }

  /** A stored row takes a schema that this release doesn't know. */
  void writeByAnotherRelease(String partition, String rowKey) {
    Row row = table.get(partition, rowKey).orElseThrow();
    table.replace(partition, rowKey, row.text().replaceFirst("/v\\d\"", "/v9\""), row.etag());
  }
}
