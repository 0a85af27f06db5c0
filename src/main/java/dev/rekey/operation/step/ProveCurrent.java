package dev.rekey.operation.step;

import dev.rekey.key.KeyIdHash;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Step;
import dev.rekey.operation.StepName;
import dev.rekey.reencryption.CounterGrowth;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every Secret is proved to lie under the key version that the phase starts from, or plain, for the
 * state of the cluster that ARM shows now. This is what keeps a second rotation from dropping a key
 * that Secrets still need (kubernetes-kms#291).
 *
 * <ol>
 *   <li>A ledger entry for this key and this very ETag is enough. Never one for another ETag: the
 *       key may have been moved and moved back.
 *   <li>Otherwise a census. Never a write where the census is clean.
 *   <li>Where it isn't, a write pass and a proof pass under the current key, before anything
 *       changes in ARM.
 *   <li>After an update may have been sent, only a census, and only N and N+1 may show in it. Never
 *       a write pass then: replicas may be on either.
 *   <li>Whenever the update may be sent, what was proved here may have been taken back: a server
 *       that has gone back to an earlier key writes under it, and ARM's ETag doesn't move for that.
 *       Never send on a proof that was contradicted since, or after which a server restarted, came
 *       or went unseen.
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

  /** Rule 5: how the servers are now, where an update may be sent on what was proved here. */
  @Override
  public Set<FactKind> needsBesides(Facts seen) {
    ManagedCluster cluster = seen.requireCluster();
    boolean mayBeSent = cluster.isAt(seen.operation().before()) && cluster.isSettled();
    boolean hasPassed = seen.operation().progress().lastPass(name()).isPresent();
    return mayBeSent && hasPassed ? Set.of(FactKind.SCRAPE) : Set.of();
  }

  @Override
  public Decision decide(Facts facts) {
    ManagedCluster cluster = facts.requireCluster();
    if (!cluster.isAt(facts.operation().before()) || MovedBack.isSo(facts)) {
      return new Decision.Done(Reason.KEY_ALREADY_MOVED); // update-cluster sees where to
    }
    Optional<Pass> own = facts.operation().progress().lastPass(name());
    boolean noted = isNoted(facts.operation(), facts.ledger().proved(), cluster);
    if (noted && own.map(pass -> bearsOut(facts, pass)).orElse(true)) {
      return new Decision.Done(Reason.PROVED_ON_CURRENT);
    }
    Optional<Pass> last = own.filter(pass -> mayServe(facts, pass));
    if (!cluster.isSettled()) { // API servers may be about to write with another key
      return new Decision.Wait(facts.now().plusSeconds(15), Reason.CLUSTER_BUSY);
    }
    if (last.isPresent() && !last.get().hasEnded()) {
      return rounds.goOn(facts, last.get(), !facts.operation().mayHaveUpdated());
    }
    return last.isEmpty()
        ? census(facts, Reason.ETAG_KEEPS_MOVING)
        : afterPass(facts, cluster, last.get());
  }

  private static boolean isNoted(
      Operation operation, @Nullable ProvedOn proved, ManagedCluster cluster) {
    return proved != null
        && proved.holdsFor(operation.before().hash(), operation.after().hash(), cluster.etag());
  }

  /** Whether a pass of this very operation leaves the ledger's word standing. */
  private static boolean bearsOut(Facts facts, Pass pass) {
    return pass.kind() != PassKind.WRITE
        && pass.stands()
        && isClean(facts, pass)
        && contradiction(facts, pass).isEmpty();
  }

  /** Rule 5. While ARM is at work nothing is sent, and servers restart because of it. */
  private static Optional<Reason> contradiction(Facts facts, Pass pass) {
    if (!facts.requireCluster().isSettled()) {
      return Optional.empty();
    }
    CounterGrowth since = pass.growthUntil(facts.requireScrape()).orElseThrow();
    if (otherKeyWasSeen(facts.operation(), since)) {
      return Optional.of(Reason.STILL_FOREIGN_READS);
    }
    return since.gap() == null ? Optional.empty() : Optional.of(Reason.COUNTERS_INTERRUPTED);
  }

  /**
   * Rule 4: an update may have overtaken a pass that writes, where ARM showed for a moment the
   * state of an earlier proof. Such a pass is left, and a census takes its place.
   */
  private static boolean mayServe(Facts facts, Pass pass) {
    return pass.kind() == PassKind.COUNT || !facts.operation().mayHaveUpdated();
  }

  private Decision afterPass(Facts facts, ManagedCluster cluster, Pass last) {
    Operation operation = facts.operation();
    KeyIdHash hash = operation.before().hash();
    if (!last.stands()) {
      return rounds.again(facts, last, hash);
    }
    if (last.kind() == PassKind.WRITE) {
      return rounds.begin(facts, name(), PassKind.PROOF, hash);
    }
    if (!isClean(facts, last)) {
      return notClean(facts, last, hash);
    }
    Optional<Reason> contradiction = contradiction(facts, last);
    if (contradiction.isPresent()) {
      return census(facts, contradiction.get());
    }
    String etag = Objects.requireNonNull(last.etag());
    KeyIdHash orUnder = operation.mayHaveUpdated() ? operation.after().hash() : null;
    return etag.equals(cluster.etag())
        ? new Decision.Act(
            new Effect.NoteProved(operation.before(), etag, orUnder), Reason.RECORDING)
        : census(facts, Reason.ETAG_KEEPS_MOVING);
  }

  private Decision notClean(Facts facts, Pass last, KeyIdHash hash) {
    Operation operation = facts.operation();
    boolean needsPerson = last.kind() == PassKind.PROOF || operation.mayHaveUpdated();
    boolean askedTo = operation.progress().isRetriedSince(last.startedAt());
    if (last.kind() == PassKind.PROOF && askedTo) {
      return rounds.begin(facts, name(), PassKind.WRITE, hash, operation.id());
    }
    if (needsPerson && PassRounds.isLongAgo(facts, last)) {
      return rounds.begin(facts, name(), PassKind.COUNT, hash);
    }
    if (operation.mayHaveUpdated()) {
      return otherKeyWasSeen(operation, last.growth().orElseThrow())
          ? new Decision.Stall(Reason.FOREIGN_KEY_STORED, operation.before().toString())
          : unproved(operation, last);
    }
    if (last.kind() == PassKind.COUNT) {
      return rounds.begin(facts, name(), PassKind.WRITE, hash);
    }
    return unproved(operation, last);
  }

  /** Before an update what can't be decrypted through any API server lies under no slot's key. */
  private static Decision unproved(Operation operation, Pass last) {
    long undecryptable = last.exceptions().of(ExceptionReason.UNDECRYPTABLE);
    boolean isKeyMissing = undecryptable > 0 && !operation.mayHaveUpdated();
    return new Decision.Stall(
        isKeyMissing ? Reason.KEY_VERSION_DROPPED : Reason.UNPROVED_EXCEPTIONS,
        "exceptions: " + last.tally().exceptions());
  }

  /**
   * @param after what is said where it was taken too often already
   */
  private Decision census(Facts facts, Reason after) {
    Progress progress = facts.operation().progress();
    boolean longAgo =
        progress.lastPass(name()).map(last -> PassRounds.isLongAgo(facts, last)).orElse(true);
    return progress.passes(name(), PassKind.COUNT) < MOST_CENSUSES || longAgo
        ? rounds.begin(facts, name(), PassKind.COUNT, facts.operation().fromHash())
        : new Decision.Stall(after, facts.requireCluster().resourceId());
  }

  /**
   * Whether nothing was read or written but under the current key and, after an update, the new
   * one; and the counters speak for every Secret.
   */
  private static boolean isClean(Facts facts, Pass pass) {
    CounterGrowth growth = pass.growth().orElseThrow();
    boolean allRead = pass.exceptions().unread() == 0;
    return onlyKnownKeys(facts.operation(), growth) && pass.isCounted() && allRead;
  }

  private static boolean onlyKnownKeys(Operation operation, CounterGrowth growth) {
    return growth.failedReads() == 0 && !otherKeyWasSeen(operation, growth);
  }

  /** What could not be decrypted tells no key: that is unproved, and no sign of a third one. */
  private static boolean otherKeyWasSeen(Operation operation, CounterGrowth growth) {
    Set<KeyIdHash> allowed = allowed(operation);
    long told = allowed.stream().mapToLong(growth::readsOf).sum() + growth.failedReads();
    return told != growth.allReads() || !allowed.containsAll(growth.writes().keySet());
  }

  private static Set<KeyIdHash> allowed(Operation operation) {
    Set<KeyIdHash> allowed = new HashSet<>();
    allowed.add(operation.before().hash());
    if (operation.mayHaveUpdated()) {
      allowed.add(operation.after().hash());
    }
    return allowed;
  }

  @Override
  public boolean isBeforeUpdate() {
    return false; // decided again even then: the ETag may have moved while keyId names the old key
  }
}
