package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Shape;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.operation.ClusterName;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Signals;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What goes wrong between rotations: with slots, with what others change, and with advice. */
final class OverTimeExhibits {
  private OverTimeExhibits() {}

  static List<Exhibit> all() {
    return List.of(
        changeNotNoticed(),
        presumedTakenForKnown(),
        onlyTheCurrentSlotWatched(),
        disabledTakenForUsable(),
        toldOnceForAll(),
        previousSlotForgotten(),
        pointedAtTakenForOurs());
  }

  private static Exhibit changeNotNoticed() {
    return new Exhibit(
        "somebody changes the key by hand and nobody notices; with the second change what lies"
            + " under the first version can't be read any more",
        "Azure/kubernetes-kms#291",
        "T2",
        tampering(OverTimeExhibits::metAnew),
        Sweep.calm(Scenario.CHANGED_BY_HAND_TWICE));
  }

  /** What ARM shows is taken for what was there when the cluster was first seen. */
  private static Ports metAnew(Ports ports) {
    return Tamper.records(
            "ledger",
            (arguments, call) -> {
              @SuppressWarnings("unchecked")
              Optional<Stored<Ledger>> real = (Optional<Stored<Ledger>>) call.make();
              String keyId = ports.clusters().read((ClusterName) arguments[0]).keyId();
              return real.map(stored -> stored.with(metWith(KeyExhibits.parse(keyId), stored)));
            })
        .apply(ports);
  }

  private static Ledger metWith(KeyId shown, Stored<Ledger> stored) {
    Ledger ledger = stored.value();
    return ledger.currentKey().filter(shown::equals).isPresent()
        ? ledger
        : Ledger.firstSeen(ledger.firstSeenAt(), shown);
  }

  private static Exhibit presumedTakenForKnown() {
    return new Exhibit(
        "of two changes by hand between two looks the first shows nowhere, and what was there"
            + " before it is taken for the previous slot's",
        "Azure/AKS#4926: nobody can see the previous slot",
        "T1",
        tampering(Tamper.records("save", OverTimeExhibits::claimingToKnow)),
        List.of(Setup.of(new Shape(Scenario.CHANGED_BY_HAND_TWICE, 2, 6, 2, 2, true))));
  }

  private static Object claimingToKnow(Object[] arguments, Tamper.Call call) throws Throwable {
    if (arguments[0] instanceof ClusterName) {
      @SuppressWarnings("unchecked")
      Stored<Ledger> stored = (Stored<Ledger>) arguments[1];
      arguments[1] = stored.with(claimingToKnow(stored.value()));
    }
    return call.make();
  }

  private static Ledger claimingToKnow(Ledger ledger) {
    List<LedgerEntry> entries =
        ledger.entries().stream()
            .map(
                entry ->
                    entry.slot() == LedgerEntry.Slot.PREVIOUS && entry.operationId() == null
                        ? new LedgerEntry(entry.key(), entry.slot(), entry.at(), "guessed")
                        : entry)
            .toList();
    return new Ledger(ledger.firstSeenAt(), entries, ledger.proved());
  }

  private static Exhibit onlyTheCurrentSlotWatched() {
    return new Exhibit(
        "the version in the previous slot expires unseen, and the API servers' health check fails",
        "the KMS plugin's health check encrypts with both slots; no event speaks of the previous",
        "T2",
        tampering(
            ports ->
                Tamper.vault(
                        "versions", (arguments, call) -> onlyCurrent((List<?>) call.make(), ports))
                    .apply(ports)),
        Sweep.calm(Scenario.PREVIOUS_LEFT_TO_EXPIRE));
  }

  /** Whatever ARM doesn't show is taken to be in order. */
  private static List<KeyVersion> onlyCurrent(List<?> versions, Ports ports) {
    String shown = ports.clusters().list().get(0).keyId();
    List<KeyVersion> all = new ArrayList<>();
    for (Object each : versions) {
      KeyVersion version = (KeyVersion) each;
      all.add(version.id().url().equals(shown) ? version : inOrder(version));
    }
    return all;
  }

  private static KeyVersion inOrder(KeyVersion version) {
    return new KeyVersion(
        version.id(),
        true,
        version.created(),
        version.notBefore(),
        null,
        version.type(),
        version.operations());
  }

  private static Exhibit disabledTakenForUsable() {
    return new Exhibit(
        "a version that a slot needs is disabled by hand, and nobody is told",
        "an API server that restarts meanwhile can't decrypt a Secret",
        "T2",
        tampering(
            Tamper.vault(
                "versions", (arguments, call) -> KeyExhibits.enabled((List<?>) call.make()))),
        Sweep.calm(Scenario.NEEDED_DISABLED));
  }

  private static Exhibit toldOnceForAll() {
    return new Exhibit(
        "the alert about one version is taken for a repetition of that about another",
        "alerts that are muted by their names",
        "T2",
        tampering(OverTimeExhibits::muted),
        Sweep.calm(Scenario.NEEDED_DISABLED));
  }

  private static Ports muted(Ports ports) {
    Set<String> told = new HashSet<>();
    Signals muting =
        Tamper.change(
            Signals.class,
            ports.signals(),
            "tell",
            (arguments, call) ->
                arguments.length != 3 || told.add(arguments[0] + " " + arguments[1])
                    ? call.make()
                    : null);
    return Tamper.with(ports, muting);
  }

  private static Exhibit previousSlotForgotten() {
    return new Exhibit(
        "the version in the previous slot is said not to be needed, and whoever follows that"
            + " disables it",
        "AKS shows the current slot only",
        "T1",
        tampering(Tamper.records("ledger", (arguments, call) -> onlyLast(call.make()))),
        Sweep.calm(Scenario.ROTATE));
  }

  private static Exhibit pointedAtTakenForOurs() {
    return new Exhibit(
        "somebody points a cluster at a key that it never used, and all its Secrets are put under"
            + " that",
        "whoever may write a cluster's body could have them under a key of their own",
        "K4",
        tampering(Tamper.records("ledger", (arguments, call) -> onlyLast(call.make()))),
        Sweep.calm(Scenario.POINTED_ELSEWHERE));
  }

  /** A ledger that remembers nothing from before the last move. */
  private static Object onlyLast(Object answer) {
    @SuppressWarnings("unchecked")
    Optional<Stored<Ledger>> ledger = (Optional<Stored<Ledger>>) answer;
    return ledger.map(stored -> stored.with(onlyLast(stored.value())));
  }

  private static Ledger onlyLast(Ledger ledger) {
    List<LedgerEntry> entries = ledger.entries();
    KeyId current = ledger.currentKey().orElse(null);
    int last = 0;
    for (int number = 0; number < entries.size(); number++) {
      LedgerEntry entry = entries.get(number);
      if (entry.slot() == LedgerEntry.Slot.CURRENT && entry.key().equals(current)) {
        last = number;
      }
    }
    return new Ledger(ledger.firstSeenAt(), entries.subList(last, entries.size()), ledger.proved());
  }
}
