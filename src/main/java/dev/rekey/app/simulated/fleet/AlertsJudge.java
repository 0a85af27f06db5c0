package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.KeyView;
import dev.rekey.app.simulated.Violations;
import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.OpenAlerts;
import dev.rekey.key.KeyFitness;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.port.Stored;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * T2: an error that lasts is told before it is put right: an alert of its cluster was open at some
 * time while the error was there.
 */
final class AlertsJudge implements Judge {
  private static final Set<AlertName> OF_SLOTS =
      Set.of(
          AlertName.SLOT_UNUSABLE,
          AlertName.KEY_MISSING,
          AlertName.VAULT_UNREACHABLE,
          AlertName.VAULT_MISSING);

  private static final Set<AlertName> OF_IDENTITY =
      Set.of(AlertName.IDENTITY_MISSING, AlertName.IDENTITY_LACKS_RIGHTS);

  private static final Map<ErrorKind, Set<AlertName>> TELLING = telling();

  /** So many looks of the timer with every system there must be enough. */
  private static final int HOURS_ENOUGH = 4;

  private final Fleet fleet;
  private final Violations violations;

  /** By cluster and alert: until when it was open; the end of time while it is. */
  private final Map<ClusterName, Map<String, Instant>> openUntil = new HashMap<>();

  /** Those made while an operation was at work, which tells of it in its own way. */
  private final Set<HumanError> amidOperation = new HashSet<>();

  AlertsJudge(Fleet fleet, Violations violations) {
    this.fleet = fleet;
    this.violations = violations;
  }

  private static Map<ErrorKind, Set<AlertName>> telling() {
    Map<ErrorKind, Set<AlertName>> telling = new EnumMap<>(ErrorKind.class);
    for (ErrorKind kind : ErrorKind.values()) {
      telling.put(
          kind,
          switch (kind) {
            case CURRENT_DISABLED,
                PREVIOUS_DISABLED,
                CURRENT_EXPIRED,
                PREVIOUS_EXPIRED,
                KEY_DELETED,
                VAULT_DELETED ->
                OF_SLOTS;
            case IDENTITY_DELETED, RIGHTS_TAKEN -> OF_IDENTITY;
            case KEY_ID_CHANGED, KEY_ID_CHANGED_TWICE, KEY_ID_OF_ANOTHER_KEY ->
                Set.of(AlertName.KEY_ID_CHANGED_OUTSIDE);
            case KMS_TURNED_OFF -> Set.of(AlertName.KMS_TURNED_OFF_OUTSIDE);
          });
    }
    return telling;
  }

  @Override
  public void alerted(ClusterName cluster, OpenAlerts alerts) {
    Map<String, Instant> until = openUntil.computeIfAbsent(cluster, unused -> new HashMap<>());
    until.replaceAll((name, end) -> end.equals(Instant.MAX) ? fleet.time.instant() : end);
    alerts.open().forEach(open -> until.put(open.alert().name(), Instant.MAX));
  }

  /** Somebody is about to err. */
  void before(HumanError error) {
    if (fleet.records.active(member(error).name).isPresent()) {
      amidOperation.add(error);
    }
  }

  /** Somebody is about to put it right. */
  void beforeMending(HumanError error) {
    if (!amidOperation.contains(error)
        && hoursToSee(error) >= HOURS_ENOUGH
        && isStillThere(error)) {
      violations.check(
          wasTold(error),
          "T2",
          member(error) + ": nobody was told of " + error.kind().token() + " since " + error.at());
    }
  }

  private boolean wasTold(HumanError error) {
    Map<String, Instant> until = openUntil.getOrDefault(member(error).name, Map.of());
    return Objects.requireNonNull(TELLING.get(error.kind())).stream()
        .map(name -> until.getOrDefault(name.token(), Instant.MIN))
        .anyMatch(end -> end.isAfter(error.at()));
  }

  /** How many whole hours of it nothing was away that is looked at. */
  private long hoursToSee(HumanError error) {
    long hours = Duration.between(error.at(), error.mendedAt()).toHours();
    Set<Outage.Away> needed = Set.of(Outage.Away.ARM, Outage.Away.VAULT, Outage.Away.STORAGE);
    Set<Outage> outages =
        fleet.outages.planned().stream()
            .filter(outage -> needed.contains(outage.away()))
            .collect(Collectors.toSet());
    return LongStream.range(0, hours)
        .mapToObj(hour -> error.at().plus(Duration.ofHours(hour)))
        .filter(begins -> outages.stream().noneMatch(outage -> overlaps(outage, begins)))
        .count();
  }

  private static boolean overlaps(Outage outage, Instant begins) {
    Instant ends = begins.plus(Duration.ofHours(1));
    return outage.from().isBefore(ends) && outage.until().isAfter(begins);
  }

  /** What a person or Rekey has put right before, or what concerns the cluster no more. */
  private boolean isStillThere(HumanError error) {
    FleetMember member = member(error);
    return switch (error.kind()) {
      case CURRENT_DISABLED, CURRENT_EXPIRED -> isUnfit(member.keys);
      case PREVIOUS_DISABLED, PREVIOUS_EXPIRED ->
          previous(member).map(KeyId::url).filter(this::isUnfit).isPresent();
      case KEY_DELETED, VAULT_DELETED -> member.keys.isOn() && !isKeyThere(member);
      // without its vault nobody can tell what an identity may do there
      case IDENTITY_DELETED, RIGHTS_TAKEN -> member.keys.isOn() && isKeyThere(member);
      case KEY_ID_CHANGED, KEY_ID_CHANGED_TWICE, KEY_ID_OF_ANOTHER_KEY ->
          isMovedAndUnproved(member);
      case KMS_TURNED_OFF -> hasSucceeded(member) && !member.keys.isOn();
    };
  }

  private boolean isKeyThere(FleetMember member) {
    return fleet.vault.has(member.keys.shown().key());
  }

  /** What AKS has given up is no change, until somebody brings it about. */
  private boolean hasSucceeded(FleetMember member) {
    return fleet.arm.read(member.name).hasSucceeded();
  }

  private boolean isMovedAndUnproved(FleetMember member) {
    return hasSucceeded(member)
        && member.keys.isOn()
        && ledger(member)
            .flatMap(ledger -> Optional.ofNullable(ledger.proved()))
            .filter(proved -> member.keys.shown().equals(proved.key()))
            .isEmpty();
  }

  private boolean isUnfit(KeyView keys) {
    return keys.isOn() && isUnfit(keys.shown().url());
  }

  private boolean isUnfit(String url) {
    Instant now = fleet.time.instant();
    return fleet.vault.peek(url).filter(one -> one.fitnessAt(now) == KeyFitness.FIT).isEmpty();
  }

  /** What the ledger knows of it: of what nobody knows nobody can be told. */
  private Optional<KeyId> previous(FleetMember member) {
    return member.keys.isOn()
        ? ledger(member).flatMap(ledger -> ledger.previousSlot(member.keys.shown()).certain())
        : Optional.empty();
  }

  private Optional<Ledger> ledger(FleetMember member) {
    return fleet.records.ledger(member.name).map(Stored::value);
  }

  private FleetMember member(HumanError error) {
    return fleet.members.get(error.cluster());
  }
}
