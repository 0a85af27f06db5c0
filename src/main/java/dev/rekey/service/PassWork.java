package dev.rekey.service;

import dev.rekey.operation.Effect;
import dev.rekey.operation.Findings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.QuietReading;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Message;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The effects that move a pass along. */
final class PassWork {
  private static final int MOST_SAMPLED = 200;

  private final Ports ports;
  private final Connection connection;
  private final Limits limits;

  PassWork(Ports ports, Connection connection, Limits limits) {
    this.ports = ports;
    this.connection = connection;
    this.limits = limits;
  }

  /** Lists all Secrets into shards. Begun again after a crash, it writes over what it left. */
  Operation list(Operation operation, Effect.ListSecrets effect) {
    ListSecrets listing =
        new ListSecrets(
            connection.apiServers(),
            effect.pass().scope(),
            limits.shardSize(),
            shards -> put(operation, effect, shards));
    ListSecrets.Listed listed = listing.run(wanted(operation, effect.pass()));
    Pass pass = effect.pass().over(effect.pass().scope().with(listed.extent()));
    return with(operation, pass.listed(listed.shards(), listed.discovered()));
  }

  /** All Secrets too where nothing is known of the exceptions: more work, and nothing missed. */
  private WantedSecrets wanted(Operation operation, Pass pass) {
    String source = pass.exceptionsOf();
    if (source == null) {
      return WantedSecrets.ALL;
    }
    Optional<Operation> known =
        ports.records().operation(operation.cluster(), source).map(Stored::value);
    Optional<Pass> last = known.map(Operation::progress).flatMap(Progress::lastEnded);
    return last.isEmpty()
        ? WantedSecrets.ALL
        : WantedSecrets.these(new FoundExceptions(ports.records(), known.get(), last.get()).all());
  }

  private void put(Operation operation, Effect.ListSecrets effect, List<Shard> shards) {
    ports.records().putShards(operation.cluster(), operation.id(), effect.pass().id(), shards);
  }

  Operation findWriteKeys(Operation operation, Effect.FindWriteKeys effect) {
    Pass pass = pass(operation, effect.passId());
    FindWriteKeys find = new FindWriteKeys(connection.apiServers(), ports.time());
    List<Shard> shards = new ArrayList<>();
    int held = 0;
    for (int number = 0; number < pass.shards() && held < ProbedSecrets.wanted(pass); number++) {
      Shard shard = shard(operation, pass, number).orElseThrow().value();
      held += shard.remaining().size();
      shards.add(shard);
    }
    List<SecretRef> others =
        pass.exceptionsOf() == null ? List.of() : new SomeSecrets(connection.apiServers()).list();
    return with(
        operation,
        pass.shown(find.run(new ProbedSecrets(pass, shards, others)), ports.time().instant()));
  }

  /** From a hundredth of the Secrets: a write and a proof must cost next to nothing more. */
  Operation estimate(Operation operation, Effect.MakeEstimate effect) {
    Pass pass = pass(operation, effect.passId());
    int most = (int) Math.max(1, Math.min(MOST_SAMPLED, pass.discovered() / 100));
    List<SecretRef> sample =
        shard(operation, pass, 0)
            .map(shard -> MeasureSpeed.pick(shard.value().remaining(), most))
            .orElse(List.of());
    Instant now = ports.time().instant();
    double speed = new MeasureSpeed(connection.apiServers(), ports.time(), limits).of(sample);
    Estimate estimate = new Estimate(now, pass.discovered(), pass.shards(), sample.size(), speed);
    Findings findings = operation.progress().findings().with(estimate);
    return operation.with(operation.progress().with(findings));
  }

  Operation readQuietly(Operation operation, Effect.ReadQuietly effect) {
    Findings findings = operation.progress().findings();
    QuietReading begun = findings.quiet();
    QuietReading reading =
        begun != null && begun.pass().equals(effect.passId())
            ? begun.ended(scrape())
            : new QuietReading(effect.passId(), scrape(), null);
    return operation.with(operation.progress().with(findings.with(reading)));
  }

  Operation begin(Operation operation, Effect.BeginPass effect) {
    return with(operation, pass(operation, effect.passId()).running(scrape()));
  }

  /**
   * Marks the shards and sends a message for each. A message for a shard that is marked but never
   * sent, the timer sends.
   */
  void dispatch(Operation operation, Effect.Dispatch effect) {
    Pass pass = pass(operation, effect.passId());
    for (int number : effect.shards()) {
      ports
          .records()
          .shardWithoutNames(operation.cluster(), operation.id(), pass.id(), number)
          .ifPresent(shard -> dispatch(operation, pass, shard, effect.share()));
    }
  }

  private void dispatch(Operation operation, Pass pass, Stored<Shard> shard, int share) {
    Shard marked = shard.value().dispatched(ports.time().instant(), share);
    ports.records().markShard(operation.cluster(), operation.id(), pass.id(), shard.with(marked));
    ports
        .messages()
        .send(
            new Message.WorkShard(operation.cluster(), operation.id(), pass.id(), marked.number()),
            Duration.ZERO);
  }

  Operation end(Operation operation, Effect.EndPass effect) {
    Pass pass = pass(operation, effect.passId());
    Tally sum = Tally.NONE;
    ExceptionCounts exceptions = ExceptionCounts.NONE;
    FoundExceptions found = new FoundExceptions(ports.records(), operation, pass);
    for (Shard shard : found.shards()) {
      sum = sum.plus(shard.tally());
      exceptions = exceptions.plus(found.of(shard));
    }
    Promises.afterPass(pass, sum);
    Scrape begun = Objects.requireNonNull(pass.before());
    Scrape after = new ReadReplicas(ports.time()).readAllSince(connection.apiServers(), begun.at());
    return with(operation, pass.ended(after, sum, exceptions));
  }

  private Optional<Stored<Shard>> shard(Operation operation, Pass pass, int number) {
    return ports.records().shard(operation.cluster(), operation.id(), pass.id(), number);
  }

  private static Pass pass(Operation operation, String id) {
    return operation.progress().pass(id).orElseThrow();
  }

  private Scrape scrape() {
    return new ReadReplicas(ports.time()).readAll(connection.apiServers());
  }

  private static Operation with(Operation operation, Pass pass) {
    return operation.with(operation.progress().with(pass));
  }
}
