package dev.rekey.operation.step;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.operation.Update;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.ServerState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The first part of convergence: every live API server reads the target key. No Secret is written
 * before.
 *
 * <p>Read from the status samples, of which only the target's own counts. Which key's is newest
 * means nothing: every configured provider is polled, and a dropped one keeps its last sample.
 * Which key a server writes with is the second part, shown by its writes at the beginning of a
 * pass.
 */
public final class Converge implements Step {
  private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);

  /**
   * A configuration is polled each minute and a key each minute: half an hour is far beyond both.
   */
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final Function<Operation, @Nullable KeyIdHash> target;
  private final boolean beforeUpdate;

  private Converge(Function<Operation, @Nullable KeyIdHash> target, boolean beforeUpdate) {
    this.target = target;
    this.beforeUpdate = beforeUpdate;
  }

  /** On what the phase starts from: a key version, or plain. */
  static Converge onFrom() {
    return new Converge(Operation::fromHash, true);
  }

  /**
   * On what all is to lie under: a key version, or plain; without a key URL, on one and the same
   * set of keys.
   */
  static Converge onTo() {
    return new Converge(Operation::toHash, false);
  }

  @Override
  public StepName name() {
    return StepName.CONVERGE;
  }

  @Override
  public boolean isBeforeUpdate() {
    return beforeUpdate;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    return operation.managed()
        ? Set.of(FactKind.CLUSTER, FactKind.SCRAPE)
        : Set.of(FactKind.SCRAPE);
  }

  @Override
  public Decision decide(Facts facts) {
    return movedByAnother(facts).orElseGet(() -> converged(facts));
  }

  /**
   * Somebody moved the cluster: before our update to our target, which saves us the update, or
   * elsewhere, where nobody would come to read the target.
   */
  private Optional<Decision> movedByAnother(Facts facts) {
    Operation operation = facts.operation();
    if (!operation.managed() || facts.requireCluster().isAt(expected(operation))) {
      return Optional.empty();
    }
    boolean toTarget = beforeUpdate && !MovedElsewhere.isSo(facts);
    return Optional.of(
        toTarget ? new Decision.Done(Reason.KEY_ALREADY_MOVED) : MovedElsewhere.stall(facts));
  }

  private KmsSettings expected(Operation operation) {
    return beforeUpdate ? operation.before() : operation.after();
  }

  private Decision converged(Facts facts) {
    Scrape scrape = facts.requireScrape();
    KeyIdHash hash = target.apply(facts.operation());
    if (!scrape.isComplete()) {
      return notYet(facts, Reason.REPLICA_NOT_SEEN, "live: " + scrape.live().size());
    }
    if (hash == null) {
      return scrape.allReadTheSame()
          ? new Decision.Done(Reason.CONVERGED)
          : notYet(facts, Reason.REPLICAS_READ_DIFFERENT_KEYS, "live: " + scrape.live().size());
    }
    if (hash.equals(KeyIdHash.PLAIN)) {
      return plain(facts, scrape);
    }
    Set<String> missing = scrape.notReading(hash);
    return missing.isEmpty()
        ? new Decision.Done(Reason.CONVERGED)
        : notYet(facts, Reason.REPLICA_DOES_NOT_READ_TARGET, String.join(", ", missing));
  }

  /**
   * No key shows that a server reads and writes plain. After our update each must run otherwise
   * than it did before: restarted, or with another configuration. Without one, all must at least
   * have loaded the same.
   */
  private static Decision plain(Facts facts, Scrape scrape) {
    List<ServerState> before = facts.operation().update().map(Update::servers).orElse(List.of());
    Set<String> still = before.isEmpty() ? Set.of() : scrape.stillAs(before);
    if (!still.isEmpty()) {
      return notYet(facts, Reason.REPLICA_RUNS_AS_BEFORE, String.join(", ", still));
    }
    return scrape.haveLoadedTheSame()
        ? new Decision.Done(Reason.CONVERGED)
        : notYet(facts, Reason.REPLICAS_READ_DIFFERENT_KEYS, "live: " + scrape.live().size());
  }

  private static Decision notYet(Facts facts, Reason reason, String detail) {
    Pending pending = facts.operation().progress().pending();
    Instant since = facts.operation().progress().triesSince().orElse(facts.now());
    boolean patienceEnds =
        pending != null
            && pending.step() == StepName.CONVERGE
            && facts.now().isAfter(since.plus(PATIENCE));
    return patienceEnds
        ? new Decision.Stall(Reason.NOT_CONVERGING, reason.sentence() + ": " + detail)
        : new Decision.Wait(facts.now().plus(LOOK_AGAIN), reason);
  }
}
