package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Records;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.StorageOracle;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import dev.rekey.storage.Row;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** K6, S2, S3, S6, T1: what our own records say, and whether it is true. */
final class RecordOracle implements Oracle {
  private static final String ENCODED =
      Base64.getEncoder()
          .withoutPadding()
          .encodeToString(SecretBatch.MARKER.getBytes(StandardCharsets.US_ASCII))
          .substring(0, 24);

  private final SimulatedWorld world;
  private final Violations violations;
  private final Map<String, Integer> turns = new HashMap<>();
  private final Set<String> judged = new HashSet<>();
  private final Set<String> summed = new HashSet<>();
  private long writesSeen = -1;

  RecordOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
  }

  @Override
  public void afterStep() {
    if (world.table.writes() == writesSeen) {
      return;
    }
    writesSeen = world.table.writes();
    List<Operation> operations = world.operations();
    long active = operations.stream().filter(Operation::isActive).count();
    violations.check(active <= 1, "K6", "two operations are active on one cluster");
    operations.forEach(this::look);
  }

  private void look(Operation operation) {
    int turn = operation.progress().turn();
    violations.check(
        turn >= turns.getOrDefault(operation.id(), 0), "K6", "an operation goes back in its turns");
    turns.put(operation.id(), turn);
    for (Pass pass : operation.progress().passes()) {
      boolean known = pass.hasEnded() && !summed.add(operation.id() + pass.id());
      if (!known) {
        checkSums(operation, pass);
      }
    }
    if (!operation.isActive() && !judged.contains(operation.id())) {
      world
          .records
          .evidence(world.name, operation.id())
          .ifPresent(stored -> judge(operation, stored));
    }
  }

  /** S3: nothing is counted twice and nothing is forgotten. */
  private void checkSums(Operation operation, Pass pass) {
    if (pass.stage() == Pass.Stage.LISTING) {
      return;
    }
    Tally sum = Tally.NONE;
    for (int number = 0; number < pass.shards(); number++) {
      Optional<Shard> shard = shard(operation, pass, number);
      if (shard.isEmpty()) {
        violations.add("S3", "a shard is missing");
        return;
      }
      violations.check(
          shard.get().tally().remaining() == shard.get().remaining().size(),
          "S3",
          "a shard's tally and its remaining Secrets differ");
      sum = sum.plus(shard.get().tally());
    }
    violations.check(
        sum.discovered() == pass.discovered(),
        "S3",
        "the shards hold more or less than was listed");
    violations.check(
        !pass.hasEnded() || sum.equals(pass.tally()), "S3", "a pass and its shards differ");
  }

  private Optional<Shard> shard(Operation operation, Pass pass, int number) {
    return world
        .records
        .shard(world.name, operation.id(), pass.id(), number)
        .map(stored -> stored.value());
  }

  /** T1 and S2, once, when the evidence has just been stored. */
  private void judge(Operation operation, Records.StoredEvidence stored) {
    Evidence evidence = stored.evidence();
    judged.add(evidence.operation().id());
    String to = evidence.key().to();
    if (to != null && !evidence.proof().method().equals("none")) {
      List<String> unnamed =
          world.envelopes.secretsOlderThan(to).stream()
              .filter(secret -> evidence.exceptions().stream().noneMatch(names(secret)))
              .filter(secret -> !isLater(operation, secret))
              .map(StoredSecret::key)
              .map(Object::toString)
              .toList();
      violations.check(
          unnamed.isEmpty() || world.happened.wasLiedTo(),
          "T1",
          "the evidence says that all is proved but what it names, and elsewhere lie " + unnamed);
    }
    if (!world.disturbances().haveHappened() && !world.happened.mayHaveMiscounted()) {
      checkCounts(evidence);
    }
    checkVerdict(operation, evidence);
  }

  /** What others leave behind after the last look of the proof, nobody can know. */
  private boolean isLater(Operation operation, StoredSecret secret) {
    boolean later = world.writtenBehind.isAfterProof(operation, secret);
    if (later) {
      world.disturbances().noteLeftBehind();
    }
    return later;
  }

  private static Predicate<Evidence.Exempt> names(StoredSecret secret) {
    return exempt ->
        exempt.namespace().equals(secret.key().namespace())
            && (exempt.name().equals(secret.key().name()) || exempt.name().equals("*"));
  }

  /** T1: where Secrets were counted, at least as many are told as lie under each key. */
  private void checkCounts(Evidence evidence) {
    Evidence.Census census = evidence.census();
    if (census.after().isEmpty()) {
      return;
    }
    long untold = census.unknown() + SimulatedWorld.exceptions(evidence);
    boolean exact = census.accuracy() != null && census.accuracy().exact();
    for (KeyVersion version : world.keys.allVersions()) {
      long told = told(census.after(), version.id());
      long real = world.envelopes.under(version.id().url());
      violations.check(
          told + untold >= real && (!exact || untold > 0 || told == real),
          "T1",
          "the evidence counts " + told + " Secrets where there are " + real);
    }
  }

  private static long told(Map<String, Long> counts, KeyId key) {
    Long byHash = counts.get(KeyIdHash.predict(key).label());
    return byHash != null ? byHash : counts.getOrDefault(key.url(), 0L);
  }

  private void checkVerdict(Operation operation, Evidence evidence) {
    Set<String> inSlots = new HashSet<>();
    inSlots.add(StorageOracle.PLAIN); // to read it takes no key
    Stream.of(evidence.key().from(), evidence.key().to())
        .filter(Objects::nonNull)
        .forEach(url -> inSlots.add(Envelopes.keyIdOf(url)));
    boolean saysNotNeeded = evidence.verdict().oldestKey().startsWith("not-needed");
    boolean isNeeded =
        world.cluster.oracle().secrets().stream()
            .filter(secret -> !inSlots.contains(StorageOracle.keyId(secret)))
            .anyMatch(secret -> !isLater(operation, secret));
    violations.check(
        !(saysNotNeeded && isNeeded),
        "S2",
        "the verdict gives up a key version that is still needed");
  }

  @Override
  public void atTheEnd() {
    boolean clean =
        world.rows().stream().map(Row::text).noneMatch(RecordOracle::holdsSecret)
            && world.signals.all().stream()
                .map(Object::toString)
                .noneMatch(RecordOracle::holdsSecret)
            && world.host.delivered().stream()
                .map(Object::toString)
                .noneMatch(RecordOracle::holdsSecret);
    violations.check(clean, "S6", "a Secret's value stands in a record, a message or a signal");
  }

  private static boolean holdsSecret(String text) {
    return text.contains(SecretBatch.MARKER) || text.contains(ENCODED);
  }
}
