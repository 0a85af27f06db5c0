package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Notices what somebody else has changed of KMS on a cluster that no operation is at work on, notes
 * it in the ledger, and has every Secret rewritten under the version that is there now. Nothing is
 * led back.
 *
 * <p>What is to be begun follows from the ledger and the operations alone: whoever dies between
 * noting and beginning leaves it to the next look. Serves one look around.
 */
final class NoticeChanges {
  private static final Duration FIRST_WAIT = Duration.ofHours(1);
  private static final Duration LONGEST_WAIT = Duration.ofDays(1);

  /** More would make no longer wait. */
  private static final int MOST_DOUBLINGS = 5;

  private final Ports ports;
  private final Conduct conduct;
  private final StartByItself start;

  NoticeChanges(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
    this.start = new StartByItself(ports, conduct);
  }

  /**
   * Looks at a cluster. One that was never seen before has nothing to compare with.
   *
   * @param listed as the look around has found it
   * @return whether an operation was begun
   */
  boolean look(ManagedCluster listed) {
    Optional<Stored<Ledger>> ledger = ports.records().ledger(listed.name());
    if (ledger.isEmpty()) {
      return false;
    }
    if (isAsNoted(ledger.get().value(), listed)) {
      return rewrite(listed, ledger.get().value());
    }
    Optional<ManagedCluster> cluster = anew(ledger.get().value(), listed.name());
    return cluster
        .flatMap(shown -> note(shown, ledger.get()))
        .map(noted -> rewrite(cluster.orElseThrow(), noted))
        .orElse(false);
  }

  /**
   * The list may be older than the ledger, or an operation have begun since. An operation notes in
   * the ledger what it is about to send; so what ARM shows after the ledger was read, while none is
   * active and the ledger stays as it is, no operation has brought about. What is still under way
   * isn't looked at.
   */
  private Optional<ManagedCluster> anew(Ledger ledger, ClusterName name) {
    if (ports.records().active(name).isPresent()) {
      return Optional.empty();
    }
    return Optional.of(ports.clusters().read(name))
        .filter(ManagedCluster::isSettled)
        .filter(cluster -> !isAsNoted(ledger, cluster));
  }

  private boolean isAsNoted(Ledger ledger, ManagedCluster cluster) {
    return noting(ledger, cluster).equals(ledger);
  }

  /** The ledger with what a cluster shows; of what isn't ours to judge nothing is noted. */
  private Ledger noting(Ledger ledger, ManagedCluster cluster) {
    Instant now = ports.time().instant();
    if (cluster.experience() == KmsExperience.NONE) {
      return ledger.currentKey().isPresent() ? ledger.off(now, null) : ledger;
    }
    return Optional.of(cluster)
        .filter(one -> one.experience() == KmsExperience.VERSIONED_KEY)
        .flatMap(one -> Ledgers.parse(one.keyId(), conduct.cloud()))
        .filter(shown -> ledger.currentKey().filter(shown::isSameAs).isEmpty())
        .map(shown -> ledger.current(shown, now, null))
        .orElse(ledger);
  }

  /** Empty if another instance was faster, or an operation has begun: the next look tells. */
  private Optional<Ledger> note(ManagedCluster cluster, Stored<Ledger> ledger) {
    Ledger noted = noting(ledger.value(), cluster);
    try {
      ports.records().save(cluster.name(), ledger.with(noted));
      return Optional.of(noted);
    } catch (Conflict faster) {
      return Optional.empty();
    }
  }

  private boolean rewrite(ManagedCluster cluster, Ledger ledger) {
    return ledger
        .foundUnproved()
        .filter(found -> mayBegin(cluster, ledger, found.key()) && !isAnswered(cluster, found))
        .flatMap(found -> begin(cluster, found))
        .isPresent();
  }

  /**
   * To a key that the cluster never used only a person leads it: whoever can write its body could
   * have all Secrets put under a key of their own.
   */
  private boolean mayBegin(ManagedCluster cluster, Ledger ledger, KeyId found) {
    return cluster.experience() == KmsExperience.VERSIONED_KEY
        && cluster.isOn(found)
        && cluster.isSettled()
        && !ledger.isLedToAnotherKey(found);
  }

  private Optional<Operation> begin(ManagedCluster cluster, LedgerEntry found) {
    Origin origin =
        new Origin(
            Origin.Trigger.TIMER,
            "rekey",
            "somebody else has changed the cluster's key",
            requestKey(found));
    Route route = Route.staying(cluster.settings(conduct.cloud()).orElseThrow());
    return start.start(cluster, Kind.REENCRYPT, route, origin);
  }

  /** Names the change, whatever a clock says later. */
  private static String requestKey(LedgerEntry found) {
    return "found " + found.key().version() + " " + found.at();
  }

  /**
   * Whether an operation has dealt with it already: it has left its evidence, with what could not
   * be rewritten; or a person has ended it. What was refused is tried again, ever more rarely, and
   * so is what gave way to a dropped version's return, if that has left anything to do; what has
   * only made room for another is no answer.
   */
  private boolean isAnswered(ManagedCluster cluster, LedgerEntry found) {
    List<Operation> all = ports.records().operations(cluster.name());
    List<Ending> ours =
        all.stream()
            .filter(one -> requestKey(found).equals(one.origin().requestKey()))
            .filter(one -> !EndOutlived.hasMadeRoom(one))
            .map(one -> one.progress().ending())
            .filter(Objects::nonNull)
            .toList();
    return ours.stream().anyMatch(NoticeChanges::isFinal)
        || all.stream().anyMatch(one -> hasRewritten(one, found))
        || isTooSoon(ours);
  }

  private static boolean isFinal(Ending ending) {
    return ending.outcome() != Ending.Outcome.REFUSED && ending.reason() != Reason.BRINGING_BACK;
  }

  private static boolean hasRewritten(Operation operation, LedgerEntry found) {
    Ending ending = operation.progress().ending();
    KeyId to = operation.to();
    return operation.kind() != Kind.CENSUS
        && ending != null
        && ending.outcome() == Ending.Outcome.COMPLETED
        && to != null
        && to.isSameAs(found.key())
        && !operation.startedAt().isBefore(found.at());
  }

  private boolean isTooSoon(List<Ending> refusals) {
    if (refusals.isEmpty()) {
      return false;
    }
    Duration doubled = FIRST_WAIT.multipliedBy(1L << Math.min(refusals.size() - 1, MOST_DOUBLINGS));
    Duration wait = doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
    Instant last = refusals.get(refusals.size() - 1).at();
    return ports.time().instant().isBefore(last.plus(wait));
  }
}
