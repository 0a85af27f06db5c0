package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup.Tampering;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.reencryption.Fate;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.fault.Fault;
import dev.rekey.storage.Row;
import dev.rekey.storage.Table;
import dev.rekey.storage.Write;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What has gone wrong with the records and messages of such tools. */
final class RecordExhibits {
  private RecordExhibits() {}

  static List<Exhibit> all() {
    return List.of(
        resultLost(),
        countedTwice(),
        staleEtagOverwritten(),
        blankEtag(),
        lostEnqueue(),
        poisonIgnored(),
        clockSetBack());
  }

  private static Exhibit resultLost() {
    return new Exhibit(
        "a result is lost on its way into a shared list",
        "aws-powertools batch handlers",
        "S3",
        tampering(
            Tamper.records(
                "saveShard",
                (arguments, call) -> {
                  @SuppressWarnings("unchecked")
                  Stored<Shard> shard = (Stored<Shard>) arguments[3];
                  arguments[3] =
                      shard.with(withoutOne(shard.value(), shard.value().tally().discovered()));
                  return call.make();
                })),
        Sweep.calm(Scenario.REENCRYPT));
  }

  /** With one rewritten Secret less, of so many. */
  static Shard withoutOne(Shard shard, long discovered) {
    Tally tally = shard.tally();
    if (tally.rewritten() == 0) {
      return shard;
    }
    Tally fewer = Tally.discovered(discovered);
    for (long number = 1; number < tally.rewritten(); number++) {
      fewer = fewer.plus(Fate.REWRITTEN, 1);
    }
    return shard.worked(shard.remaining(), shard.tried(), fewer, shard.exceptions());
  }

  private static Exhibit countedTwice() {
    return new Exhibit(
        "a shard is worked on by two deliveries of one message, and both tallies count",
        "queues deliver at least once",
        "S3",
        tampering(RecordExhibits::addingUp),
        Sweep.each(Scenario.REENCRYPT, Fault.DELIVERED_AGAIN));
  }

  private static Ports addingUp(Ports ports) {
    Records real = ports.records();
    UnaryOperator<Ports> noHold =
        Tamper.records(
            "shard",
            (arguments, call) -> {
              @SuppressWarnings("unchecked")
              Optional<Stored<Shard>> shard = (Optional<Stored<Shard>>) call.make();
              return shard.map(stored -> stored.with(free(stored.value())));
            });
    UnaryOperator<Ports> sum =
        Tamper.records("saveShard", (arguments, call) -> addedUp(real, arguments, call));
    return noHold.apply(sum.apply(ports));
  }

  private static Shard free(Shard shard) {
    return new Shard(
        shard.number(),
        shard.remaining(),
        shard.tried(),
        shard.tally(),
        shard.exceptions(),
        shard.share(),
        shard.dispatchedAt(),
        null);
  }

  @SuppressWarnings("unchecked")
  private static Object addedUp(Records real, Object[] arguments, Tamper.Call call)
      throws Throwable {
    try {
      return call.make();
    } catch (Conflict conflict) {
      Stored<Shard> ours = (Stored<Shard>) arguments[3];
      Stored<Shard> theirs =
          real.shard(
                  (ClusterName) arguments[0],
                  (String) arguments[1],
                  (String) arguments[2],
                  ours.value().number())
              .orElseThrow();
      Tally both = theirs.value().tally().plus(ours.value().tally());
      Shard sum = theirs.value().worked(List.of(), Map.of(), both, List.of());
      return real.saveShard(
          (ClusterName) arguments[0],
          (String) arguments[1],
          (String) arguments[2],
          theirs.with(sum));
    }
  }

  private static Exhibit staleEtagOverwritten() {
    return new Exhibit(
        "a record is overwritten from a stale state",
        "an update without an ETag, which Azure Tables takes as an upsert",
        "P1",
        tampering(
            ports -> {
              Records real = ports.records();
              Map<Object, Operation> latest = new HashMap<>();
              Map<Object, Operation> earlier = new HashMap<>();
              UnaryOperator<Ports> stale =
                  Tamper.records(
                      "operation",
                      (arguments, call) -> {
                        @SuppressWarnings("unchecked")
                        Optional<Stored<Operation>> now = (Optional<Stored<Operation>>) call.make();
                        return now.map(
                            stored -> {
                              Operation known = latest.put(arguments[1], stored.value());
                              if (known != null && !known.equals(stored.value())) {
                                earlier.put(arguments[1], known);
                              }
                              Operation before = earlier.get(arguments[1]);
                              return before == null ? stored : asOld(stored, before);
                            });
                      });
              UnaryOperator<Ports> upsert =
                  Tamper.records(
                      "save",
                      (arguments, call) ->
                          arguments.length == 1 ? overwritten(real, arguments) : call.make());
              return stale.apply(upsert.apply(ports));
            }),
        Sweep.calm(Scenario.ROTATE));
  }

  /** Only the turn is known from the last look. */
  private static Stored<Operation> asOld(Stored<Operation> now, Operation before) {
    Progress progress = before.progress();
    return now.with(
        before.with(
            new Progress(
                now.value().progress().turn(),
                progress.checked(),
                progress.update(),
                progress.upgrade(),
                progress.passes(),
                progress.findings(),
                progress.steps(),
                progress.phases(),
                progress.pending(),
                progress.orders(),
                progress.retriedAt(),
                progress.ending())));
  }

  @SuppressWarnings("unchecked")
  private static Object overwritten(Records real, Object[] arguments) {
    Stored<Operation> ours = (Stored<Operation>) arguments[0];
    try {
      return real.save(ours);
    } catch (Conflict conflict) {
      Operation operation = ours.value();
      Stored<Operation> there = real.operation(operation.cluster(), operation.id()).orElseThrow();
      return real.save(there.with(operation));
    }
  }

  private static Exhibit blankEtag() {
    return new Exhibit(
        "a new record is stored over one that is there, and two operations have one cluster",
        "Azure Tables: a write with a blank ETag is an upsert",
        "K6",
        Tampering.ofTable(Upserting::new),
        Sweep.each(Scenario.ROTATE, Fault.DELIVERED_AGAIN));
  }

  /** Takes every insert for an upsert. */
  private record Upserting(Table real) implements Table {
    @Override
    public Optional<Row> get(String partition, String rowKey) {
      return real.get(partition, rowKey);
    }

    @Override
    public List<Row> listByPrefix(String partition, String rowKeyPrefix) {
      return real.listByPrefix(partition, rowKeyPrefix);
    }

    @Override
    public List<Row> transact(String partition, List<Write> writes) {
      return real.transact(partition, writes.stream().map(Upserting::upsert).toList());
    }

    private static Write upsert(Write write) {
      return write instanceof Write.Insert insert
          ? new Write.Put(insert.rowKey(), insert.text())
          : write;
    }
  }

  private static Exhibit lostEnqueue() {
    return new Exhibit(
        "a message is lost after the record is stored, and nothing looks for it",
        "a crash between store and enqueue",
        "P5",
        Tampering.NONE.withoutTimer(),
        Sweep.each(Scenario.ROTATE, "Messages.send", Fault.MESSAGE_LOST));
  }

  private static Exhibit poisonIgnored() {
    return new Exhibit(
        "a message that failed too often becomes poison, and nothing looks at what it was for",
        "maxDequeueCount",
        "P1",
        Tampering.NONE.withoutTimer(),
        Sweep.each(Scenario.ROTATE, "Table.get", Fault.UNREACHABLE, 5));
  }

  private static Exhibit clockSetBack() {
    return new Exhibit(
        "a host's clock jumps back, and a later operation is taken for an earlier one",
        "NTP steps a clock; ids and ETags made of the time",
        "P1",
        tampering(RecordExhibits::idsByTheClockAlone),
        Sweep.eachWithNext(Scenario.ROTATE, Fault.CLOCK_BEHIND, Fault.NEWER_VERSION));
  }

  private static Ports idsByTheClockAlone(Ports ports) {
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        ports.records(),
        ports.messages(),
        ports.signals(),
        last -> ports.ids().next(null),
        ports.time());
  }
}
