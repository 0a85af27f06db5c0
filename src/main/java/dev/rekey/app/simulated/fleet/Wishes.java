package dev.rekey.app.simulated.fleet;

import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.ProvedOn;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.RequestOperation;
import dev.rekey.service.port.Stored;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of one cluster. A wish stays until it has come true or something else has made it
 * needless: what was refused is asked for again, after everything else that is wanted.
 */
final class Wishes {
  private final Fleet fleet;
  private final FleetMember member;
  private final RequestOperation request;
  private final Deque<Wish> wishes = new ArrayDeque<>();
  private int asked;

  Wishes(Fleet fleet, FleetMember member) {
    this.fleet = fleet;
    this.member = member;
    this.request = new RequestOperation(fleet.ports, fleet.conduct);
  }

  void add(Kind kind) {
    wishes.removeIf(wish -> wish.kind() == kind);
    wishes.add(new Wish(kind, fleet.time.instant(), null));
  }

  /** Asks for one thing after another, until something is begun. */
  void ask() {
    List.copyOf(wishes).forEach(this::lookAtItsEnd);
    wishes.removeIf(this::isNeedless);
    int many = wishes.size();
    for (int number = 0; number < many; number++) {
      Wish wish = wishes.element();
      Optional<Operation> begun = isUnderWay(wish) ? Optional.empty() : begun(wish);
      wishes.remove(); // not before there is an answer
      wishes.add(begun.map(operation -> wish.begunAs(operation.id())).orElse(wish));
      if (begun.isPresent()) {
        return;
      }
    }
  }

  private static boolean isUnderWay(Operation operation) {
    return operation.progress().ending() == null;
  }

  private boolean isUnderWay(Wish wish) {
    return operation(wish).filter(Wishes::isUnderWay).isPresent();
  }

  private Optional<Operation> operation(Wish wish) {
    return Optional.ofNullable(wish.operation())
        .flatMap(id -> fleet.records.operation(member.name, id))
        .map(Stored::value);
  }

  private void lookAtItsEnd(Wish wish) {
    operation(wish)
        .map(operation -> operation.progress().ending())
        .ifPresent(ending -> follow(wish, ending));
  }

  private void follow(Wish wish, Ending ending) {
    if (ending.outcome() == Ending.Outcome.COMPLETED) {
      wishes.remove(wish);
      return;
    }
    switch (ending.reason()) {
      // the rewrite that was given up for that
      case NOTHING_UNREADABLE -> instead(wish, Kind.REENCRYPT);
      // nothing is to be brought back, as it is there
      case VERSION_IN_SLOT -> instead(wish, isHome() ? Kind.REENCRYPT : Kind.ROTATE);
      default -> {}
    }
  }

  private void instead(Wish wish, Kind other) {
    wishes.remove(wish);
    if (wishes.stream().noneMatch(one -> one.kind() == other)) {
      add(other);
    }
  }

  private boolean isHome() {
    return member.keys.shown().key().isSameKeyAs(member.home);
  }

  private Optional<Operation> begun(Wish wish) {
    return switch (wish.kind()) {
      case ROTATE, ENABLE -> newest().flatMap(newest -> begun(wish.kind(), newest));
      default -> begun(wish.kind(), null);
    };
  }

  private Optional<Operation> begun(Kind kind, @Nullable KeyId target) {
    String key = member + " asked " + ++asked;
    Origin origin = new Origin(Origin.Trigger.HTTP, OnCall.NAME, "to put it right", key);
    OperationRequest wish =
        new OperationRequest(member.name, kind, null, target, null, null, origin);
    return request.request(wish) instanceof RequestAnswer.Accepted accepted
        ? Optional.of(accepted.operation())
        : Optional.empty();
  }

  /** Somebody, or Rekey, was faster. */
  private boolean isNeedless(Wish wish) {
    return switch (wish.kind()) {
      case ROTATE -> isHome();
      case ENABLE -> member.keys.isOn();
      case RECOVER_EXPIRED_KEY -> member.controlPlane.slots().stream().allMatch(this::isFit);
      default -> isProvedSince(wish.since());
    };
  }

  private boolean isProvedSince(Instant since) {
    return proved()
        .filter(proved -> member.keys.shown().equals(proved.key()) && proved.at().isAfter(since))
        .isPresent();
  }

  private Optional<ProvedOn> proved() {
    return fleet.records.ledger(member.name).map(Stored::value).map(ledger -> ledger.proved());
  }

  private boolean isFit(String url) {
    Instant now = fleet.time.instant();
    return fleet.vault.peek(url).filter(one -> one.fitnessAt(now) == KeyFitness.FIT).isPresent();
  }

  private Optional<KeyId> newest() {
    VaultKey key = member.home;
    return fleet.vault.has(key) ? OnCall.newestFit(fleet, key) : Optional.empty();
  }
}
