package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Records;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a scenario is to lead to, once nothing goes wrong any more. */
final class Goal {
  private final SimulatedWorld world;

  Goal(SimulatedWorld world) {
    this.world = world;
  }

  boolean isReached() {
    return switch (world.shape.scenario()) {
      case ROTATE, ROTATE_STALE, ROTATE_AGAIN -> isRotated();
      case RENEW ->
          isRotated()
              && (world.vault.calls().rotations() > 0 || world.disturbances().haveHappened())
              && isPreviousFarFromExpiry();
      case REENCRYPT -> isAnswered(Kind.REENCRYPT) && isNewestInUse();
      case CENSUS -> isAnswered(Kind.CENSUS) && isNewestInUse();
      case ENABLE -> isTurned(Kind.ENABLE, true);
      case DISABLE -> isTurned(Kind.DISABLE, false);
      case CHANGE_VAULT_ACCESS -> isTurned(Kind.CHANGE_VAULT_ACCESS, true) && isPrivate();
      case MIGRATE_TO_KMS_V2 -> isMigrated();
      case RECOVER_EXPIRED_KEY -> isRecovered();
      case RECOVER_DROPPED_KEY -> isBroughtBack();
      case RETURN -> isLedBack() || isRotated() || hasGoneForward();
      case OBSERVED_ONLY -> isRefused(Kind.ROTATE);
      case ROTATE_ELSEWHERE -> isLedElsewhere();
      case FORGED -> world.vault.calls().rotations() == 0;
      case CHANGED_BY_HAND_TWICE -> isRewritten() && isNewestInUse();
      case PREVIOUS_LEFT_TO_EXPIRE -> Neglect.isExtended(world) && isNewestInUse();
      case NEEDED_DISABLED -> Neglect.areEnabled(world) && isNewestInUse();
      case POINTED_ELSEWHERE -> isLeftToAPerson();
    };
  }

  /** Whoever has moved it, all lies under what ARM shows, but for what the evidence names. */
  private boolean isRewritten() {
    return isProvedOn(world.keys.shown()) || isProvedButFor(Kind.REENCRYPT);
  }

  /** What the cluster was pointed at is told of, and nothing begins by itself. */
  private boolean isLeftToAPerson() {
    boolean told = world.signals.hasTold("key-id-changed-outside", SimulatedWorld.FOREIGN_KEY);
    return (told && world.operations().isEmpty()) || world.disturbances().haveHappened();
  }

  /** It expired soon when it was left. */
  private boolean isPreviousFarFromExpiry() {
    Instant soon = world.time.instant().plus(SimulatedWorld.LIFETIME);
    return world.controlPlane.slots().stream()
        .skip(1)
        .flatMap(url -> world.vault.peek(url).stream())
        .allMatch(version -> version.expires() == null || version.expires().isAfter(soon));
  }

  /** A version made meanwhile is rotated to. */
  private boolean isNewestInUse() {
    KeyId newest = world.keys.newest();
    boolean rotating =
        world.operations().stream()
            .anyMatch(
                operation -> operation.kind() == Kind.ROTATE && newest.equals(operation.to()));
    boolean nothingToRotate = !rotating && world.keys.shown().equals(newest);
    return nothingToRotate || isRotated();
  }

  /** What a person asked for is done, or was refused before anything was changed. */
  private boolean isAnswered(Kind kind) {
    return evidence(kind).isPresent() || (isRefused(kind) && world.happened.mayHaveRefused());
  }

  /** KMS is as it was to be, unless that was refused; where it is on, with the newest version. */
  private boolean isTurned(Kind kind, boolean on) {
    boolean asWanted =
        evidence(kind).isEmpty() || world.keys.isOn() == on || world.disturbances().haveHappened();
    return isAnswered(kind) && asWanted && (!world.keys.isOn() || isNewestInUse());
  }

  /**
   * Where it was refused before anything was changed, nothing but KMS v1 is there to go on with.
   */
  private boolean isMigrated() {
    boolean stayed = isRefused(Kind.MIGRATE_TO_KMS_V2) && world.controlPlane.hasKmsV1();
    return stayed ? world.happened.mayHaveRefused() : isTurned(Kind.MIGRATE_TO_KMS_V2, true);
  }

  /** A rotation that was faster leaves nothing to recover. */
  private boolean isRecovered() {
    return isAnsweredAtAll(Kind.RECOVER_EXPIRED_KEY) && isNewestInUse();
  }

  /** It has gone forward itself, or something else did. */
  private boolean isBroughtBack() {
    boolean onNewest = world.keys.shown().equals(world.keys.newest());
    return isAnsweredAtAll(Kind.RECOVER_DROPPED_KEY) && (onNewest || isNewestInUse());
  }

  /** What a person asked for is done, or was refused for whatever reason. */
  private boolean isAnsweredAtAll(Kind kind) {
    return evidence(kind).isPresent() || isRefused(kind);
  }

  /** The cluster is back, and stays there though there is a newer version: the one it left. */
  private boolean isLedBack() {
    String shown = world.keys.shown().url();
    return evidence(Kind.RETURN)
            .map(Evidence::key)
            .filter(key -> shown.equals(key.to()) && world.keys.isNewest(key.from()))
            .isPresent()
        && isProvedButFor(Kind.RETURN);
  }

  /**
   * Where the return was refused or could not go on. That ARM shows the cluster as failed then, and
   * so nothing newer is rotated to, is for a person to mend.
   */
  private boolean hasGoneForward() {
    boolean onNewest = world.keys.shown().equals(world.keys.newest());
    return (onNewest || isRefused(Kind.ROTATE)) && isProvedButFor(Kind.REENCRYPT);
  }

  private boolean isProvedButFor(Kind kind) {
    Optional<Evidence> evidence = evidence(kind);
    return evidence.isPresent()
        && (SimulatedWorld.exceptions(evidence.get()) > 0
            ? world.mayHaveExceptions()
            : isProvedOn(world.keys.shown()));
  }

  /** To each key that somebody has named, and on to what is newest of the last one. */
  private boolean isLedElsewhere() {
    return world.keys.named().stream().allMatch(key -> GoingElsewhere.isLedTo(world, key))
        && world.keys.isAtLastNamed()
        && isRotated();
  }

  private boolean isPrivate() {
    return evidence(Kind.CHANGE_VAULT_ACCESS).isEmpty()
        || world.keys.settings().access() == NetworkAccess.PRIVATE
        || world.disturbances().haveHappened();
  }

  private boolean isRefused(Kind kind) {
    return world.operations().stream()
        .filter(operation -> operation.kind() == kind)
        .map(operation -> operation.progress().ending())
        .anyMatch(end -> end != null && end.outcome() == Ending.Outcome.REFUSED);
  }

  /** The newest version is current, and proved but for what the evidence names. */
  private boolean isRotated() {
    KeyId newest = world.keys.newest();
    if (!world.keys.shown().equals(newest) && isOnlyProposed()) {
      return world.operations().stream().noneMatch(operation -> newest.equals(operation.to()));
    }
    Optional<Evidence> evidence =
        evidence(Kind.ROTATE).filter(last -> newest.url().equals(last.key().to()));
    return world.keys.shown().equals(newest)
        && evidence.isPresent()
        && (SimulatedWorld.exceptions(evidence.get()) == 0 || world.mayHaveExceptions())
        && left(newest) <= SimulatedWorld.exceptions(evidence.get())
        && (SimulatedWorld.exceptions(evidence.get()) > 0 || isProvedOn(newest));
  }

  /** Secrets under older versions, but for those that others have left there after the proof. */
  private long left(KeyId newest) {
    List<Operation> rotations =
        world.operations().stream().filter(one -> newest.equals(one.to())).toList();
    return world.envelopes.secretsOlderThan(newest.url()).stream()
        .filter(
            secret ->
                rotations.stream().noneMatch(one -> world.writtenBehind.isAfterProof(one, secret)))
        .count();
  }

  /**
   * Versions made before Rekey first saw the cluster, which faults can put off, are not applied;
   * neither are those that a clock that was wrong then has made look so.
   */
  private boolean isOnlyProposed() {
    Instant made = world.keys.newestMadeAt();
    Instant seen = world.firstSeenAt();
    if (seen == null || !made.isAfter(seen)) {
      return seen != null;
    }
    return world.happened.hadWrongClock()
        && world
            .records
            .ledger(world.name)
            .map(stored -> !made.isAfter(stored.value().firstSeenAt()))
            .orElse(false);
  }

  private boolean isProvedOn(KeyId key) {
    return world
        .records
        .ledger(world.name)
        .map(stored -> stored.value().proved())
        .map(proved -> key.equals(proved.key()))
        .orElse(false);
  }

  /** The last evidence of a kind; of a world without disturbances only if it speaks of all. */
  private Optional<Evidence> evidence(Kind kind) {
    return world.operations().stream()
        .filter(operation -> operation.kind() == kind)
        .flatMap(operation -> world.records.evidence(world.name, operation.id()).stream())
        .map(Records.StoredEvidence::evidence)
        .filter(this::speaksOfAll)
        .reduce((earlier, later) -> later);
  }

  private boolean speaksOfAll(Evidence evidence) {
    return world.disturbances().haveHappened()
        || SimulatedWorld.exceptions(evidence) > 0
        || evidence.secrets().discovered() == world.cluster.oracle().count();
  }
}
