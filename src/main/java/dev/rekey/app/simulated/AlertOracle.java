package dev.rekey.app.simulated;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.azure.AcceptedUpdate;
import dev.rekey.simulation.fault.OutsideCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * T2: a person is told where a key version that a slot needs can't be used or soon won't, and where
 * somebody else has given the cluster another one that nothing is proved under; within a few looks
 * of the timer, and for as long as it is so.
 */
final class AlertOracle implements Oracle {
  /** A fault may cost a look. */
  private static final int MOST_LOOKS = 4;

  /** A day less than the first alert. */
  private static final Duration SOON = Duration.ofDays(29);

  private static final String MENDED = "alert-mended";
  private static final Set<String> OF_SLOTS =
      Set.of("slot-unusable", "slot-near-expiry", "previous-not-extended", "key-missing");

  private final SimulatedWorld world;
  private final Violations violations;

  /**
   * By the URL of a version that is in a bad way: how many looks there had been when it wasn't, or
   * when that was told.
   */
  private final Map<String, Integer> untoldSince = new HashMap<>();

  private final List<HeardSignals.Signal> open = new ArrayList<>();
  private int heard;
  private int looks;
  private KmsSettings settings;
  private int updates;
  private @Nullable String changedTo;
  private int changedSince;

  /** Whether the engine had met the cluster before the last step. */
  private boolean met;

  AlertOracle(SimulatedWorld world, Violations violations) {
    this.world = world;
    this.violations = violations;
    this.settings = world.keys.settings();
  }

  @Override
  public void beforeCall(OutsideCalls.Observed observed) {
    if (observed.call().port().equals("PoisonQueues.counts")) { // so begins each look
      looks++;
    }
  }

  @Override
  public void afterStep() {
    if (world.isObservedOnly()) {
      return;
    }
    listen();
    Set<String> bad = inABadWay();
    untoldSince.keySet().retainAll(bad);
    for (String url : bad) {
      int then = isOpen(url) ? looks : untoldSince.getOrDefault(url, looks);
      untoldSince.put(url, then);
      violations.check(
          looks - then <= MOST_LOOKS,
          "T2",
          "a key version that a slot needs can't be used, or soon won't, and nobody is told");
    }
    lookForChanges();
  }

  /** What is told is open until it is mended. */
  private void listen() {
    List<HeardSignals.Signal> all = world.signals.all();
    for (HeardSignals.Signal signal : all.subList(heard, all.size())) {
      if (OF_SLOTS.contains(signal.name())) {
        open.add(signal);
      } else if (signal.name().equals(MENDED)) {
        open.removeIf(
            one -> one.name().equals(signal.reason()) && one.detail().contains(signal.detail()));
      }
    }
    heard = all.size();
  }

  private boolean isOpen(String url) {
    return open.stream().anyMatch(signal -> signal.detail().contains(url));
  }

  /** Of the previous slot's only where an operation of ours has put it there. */
  private Set<String> inABadWay() {
    List<String> slots = world.controlPlane.slots();
    Set<String> bad = new HashSet<>();
    if (slots.isEmpty() || !slots.get(0).equals(world.arm.keyIdShown(world.name))) {
      return bad; // an update is under way, or somebody has written into the body alone
    }
    Optional<String> previous = ledger().flatMap(LedgerOracle::previousByUs);
    for (String slot : slots) {
      boolean isKnown = slot.equals(slots.get(0)) || previous.filter(slot::equals).isPresent();
      if (isKnown && world.vault.peek(slot).filter(this::isWell).isEmpty()) {
        bad.add(slot);
      }
    }
    return bad;
  }

  private boolean isWell(KeyVersion version) {
    Instant expires = version.expires();
    return version.enabled()
        && (expires == null || expires.isAfter(world.time.instant().plus(SOON)));
  }

  private void lookForChanges() {
    KmsSettings now = world.keys.settings();
    List<AcceptedUpdate> accepted = world.arm.acceptedUpdates();
    if (!now.equals(settings)) {
      boolean isOurs =
          accepted.subList(updates, accepted.size()).stream()
              .anyMatch(update -> update.to().equals(now));
      settings = now;
      changedTo = isOurs || !met || isOnKmsV1() ? null : world.arm.keyIdShown(world.name);
      changedSince = looks;
    }
    updates = accepted.size();
    met = ledger().isPresent();
    String to = changedTo;
    if (to == null || to.isEmpty() || isProvedOn(to) || hasLeftEvidenceOf(to)) {
      changedTo = null;
    } else if (world.records.active(world.name).isPresent() || !hasSucceeded()) {
      changedSince = looks; // whatever is at work finds it out, or leaves it to the timer
    } else {
      violations.check(
          looks - changedSince <= MOST_LOOKS || world.signals.hasTold("key-id-changed-outside", to),
          "T2",
          "somebody else has changed the key, and nobody is told");
    }
  }

  /** There it can't be told under which key a Secret lies, and nothing is noted. */
  private boolean isOnKmsV1() {
    return world.arm.read(world.name).experience() == KmsExperience.UNPROVED;
  }

  /** What AKS shows as failed a person has to bring back first. */
  private boolean hasSucceeded() {
    return world.arm.read(world.name).hasSucceeded();
  }

  private boolean isProvedOn(String url) {
    return ledger()
        .map(Ledger::proved)
        .map(ProvedOn::key)
        .filter(key -> key.url().equals(url))
        .isPresent();
  }

  /** What an operation to that version could not prove stands in its evidence. */
  private boolean hasLeftEvidenceOf(String url) {
    return world.operations().stream()
        .filter(operation -> isTo(operation, url))
        .anyMatch(operation -> world.records.evidence(world.name, operation.id()).isPresent());
  }

  private static boolean isTo(Operation operation, String url) {
    KeyId to = operation.to();
    return to != null && to.url().equals(url);
  }

  private Optional<Ledger> ledger() {
    return world.records.ledger(world.name).map(Stored::value);
  }
}
