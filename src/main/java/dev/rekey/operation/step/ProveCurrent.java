package dev.rekey.operation.step;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.CounterGrowth;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every Secret is proved to lie under the key version that the operation starts from, for the state
 * of the cluster that ARM shows now. This is what keeps a second rotation from dropping a key that
 * Secrets still need (kubernetes-kms#291).
 *
 * <ol>
 *   <li>A ledger entry for this key and this very ETag is enough. Never one for another ETag: the
 *       key may have been moved and moved back.
 *   <li>Otherwise a census. Never a write where the census is clean.
 *   <li>Where it isn't, a write pass and a proof pass under the current key, before anything
 *       changes in ARM.
 *   <li>After an update may have been sent, only a census, and only N and N+1 may show in it. Never
 *       a write pass then: replicas may be on either.
 * </ol>
 */
final class ProveCurrent implements Step {
  /** Censuses before it is said that something keeps changing the cluster. */
  private static final int MOST_CENSUSES = 5;

  private final PassRounds rounds;

  ProveCurrent(PassRounds rounds) {
    this.rounds = rounds;
  }

  @Override
  public StepName name() {
    return StepName.PROVE_CURRENT;
  }

  @Override
  public Set<FactKind> needs(Operation operation) {
    Set<FactKind> needed = EnumSet.of(FactKind.CLUSTER);
    needed.addAll(PassRounds.needs(operation));
    return needed;
  }

  @Override
  public Decision decide(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    KeyId from = Objects.requireNonNull(facts.operation().from());
    if (facts.operation().mayHaveUpdated() && !from.url().equals(cluster.keyId())) {
      return new Decision.Done(Reason.PROVED_ON_CURRENT);
    }
    ProvedOn proved = facts.ledger().proved();
    if (proved != null && proved.holdsFor(from, cluster.etag())) {
      return new Decision.Done(Reason.PROVED_ON_CURRENT);
    }
    Optional<Pass> last = facts.operation().progress().lastPass(name());
    if (last.isPresent() && !last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), !facts.operation().mayHaveUpdated());
    }
    if (!cluster.isSettled()) {
      return new Decision.Wait(facts.now().plusSeconds(15), Reason.CLUSTER_BUSY);
    }
    return last.isEmpty() ? census(facts) : afterPass(facts, from, cluster, last.get());
  }

  private Decision afterPass(Facts facts, KeyId from, ManagedCluster cluster, Pass last) {
    KeyIdHash hash = KeyIdHash.predict(from);
    if (!last.stands()) {
      return rounds.again(facts, last, hash);
    }
    if (last.kind() == PassKind.WRITE) {
      return rounds.begin(facts, name(), PassKind.PROOF, hash);
    }
    if (!isClean(facts, last)) {
      return notClean(facts, last, hash);
    }
    String etag = Objects.requireNonNull(last.etag());
    return etag.equals(cluster.etag())
        ? new Decision.Act(new Effect.NoteProved(from, etag), Reason.RECORDING)
        : census(facts);
  }

  private Decision notClean(Facts facts, Pass last, KeyIdHash hash) {
    if (facts.operation().mayHaveUpdated()) {
      return new Decision.Stall(
          Reason.FOREIGN_KEY_STORED, String.valueOf(facts.operation().from()));
    }
    if (last.kind() == PassKind.COUNT) {
      return rounds.begin(facts, name(), PassKind.WRITE, hash);
    }
    return new Decision.Stall(
        Reason.UNPROVED_EXCEPTIONS, "exceptions: " + last.unprovedExceptions().size());
  }

  private Decision census(Facts facts) {
    long made = facts.operation().progress().passes(name(), PassKind.COUNT);
    return made < MOST_CENSUSES
        ? rounds.begin(facts, name(), PassKind.COUNT, facts.operation().fromHash())
        : new Decision.Stall(Reason.ETAG_KEEPS_MOVING, facts.requireCluster().resourceId());
  }

  /** Whether nothing was read but the current key's Secrets and, after an update, the new one's. */
  private static boolean isClean(Facts facts, Pass pass) {
    CounterGrowth growth = pass.growth().orElseThrow();
    KeyIdHash from = Objects.requireNonNull(facts.operation().fromHash());
    long allowed = facts.operation().mayHaveUpdated() ? toReads(facts, growth) : 0;
    boolean onlyKnownKeys = growth.foreignReads(from) - allowed == 0;
    boolean enough = growth.readsOf(from) + allowed >= pass.tally().looks();
    boolean allRead =
        pass.exceptions().stream().allMatch(exception -> exception.reason().wasRead());
    return onlyKnownKeys && enough && allRead;
  }

  private static long toReads(Facts facts, CounterGrowth growth) {
    @Nullable KeyIdHash to = facts.operation().toHash();
    return to == null ? 0 : growth.readsOf(to);
  }

  @Override
  public boolean isBeforeUpdate() {
    return false; // decided again even then: the ETag may have moved while keyId still names the
    // old key
  }
}
