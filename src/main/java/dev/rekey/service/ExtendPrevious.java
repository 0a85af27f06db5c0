package dev.rekey.service;

import dev.rekey.fleet.AlertName;
import dev.rekey.fleet.Look;
import dev.rekey.key.Extension;
import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.key.RenewalIntent;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Mode;
import dev.rekey.service.port.Conflict;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.Stored;
import dev.rekey.service.port.Vault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Moves on the expiry of a version in a previous slot that is about to expire there. What somebody
 * has disabled, and what has expired already, is left to a person.
 *
 * <p>Only of a version that an API server in scope is seen to use (promise K9). The intent is saved
 * first, so that a vault that takes the call and doesn't show it is asked once an hour, not with
 * every look.
 */
final class ExtendPrevious {
  private static final Duration INTENT_HOLDS = Duration.ofHours(1);
  private static final Look IN_ORDER = Look.of(List.of(), AlertName.PREVIOUS_NOT_EXTENDED);

  private final Ports ports;
  private final Conduct conduct;

  ExtendPrevious(Ports ports, Conduct conduct) {
    this.ports = ports;
    this.conduct = conduct;
  }

  /** A version in a previous slot, and who has it there. */
  private record Needed(KeyId version, KeyId current, List<ManagedCluster> users) {}

  /**
   * Looks at the version in each previous slot. A fault with one keeps no other from being looked
   * at.
   *
   * @param seen the vaults as the look around sees them
   * @return whether all is in order with a cluster's; of one that isn't to be asked for yet nothing
   * @throws RuntimeException after all have been looked at, if a record of one can't be read
   */
  Map<ClusterName, Look> look(List<ManagedCluster> clusters, Vault seen) {
    Map<ClusterName, Look> looks = new HashMap<>();
    Map<String, Needed> needed = new LinkedHashMap<>();
    new EachInTurn(ports.signals(), "cluster-not-looked-at")
        .look(
            clusters,
            cluster ->
                previous(cluster)
                    .ifPresentOrElse(
                        one -> add(needed, one), () -> looks.put(cluster.name(), IN_ORDER)));
    new EachInTurn(ports.signals(), "key-not-looked-at")
        .look(
            needed.values(),
            one ->
                consider(one, seen)
                    .ifPresent(look -> one.users().forEach(of -> looks.put(of.name(), look))));
    return looks;
  }

  private static void add(Map<String, Needed> needed, Needed one) {
    needed
        .computeIfAbsent(one.version().url().toLowerCase(Locale.ROOT), unused -> empty(one))
        .users()
        .addAll(one.users());
  }

  private static Needed empty(Needed one) {
    return new Needed(one.version(), one.current(), new ArrayList<>());
  }

  private Optional<Needed> previous(ManagedCluster cluster) {
    boolean mayAct =
        conduct.extendsPrevious()
            && cluster.experience() == KmsExperience.VERSIONED_KEY
            && conduct.mode().with(cluster.tags()) != Mode.OBSERVE;
    return Optional.of(cluster)
        .filter(one -> mayAct)
        .flatMap(one -> Ledgers.parse(one.keyId(), conduct.cloud()))
        .flatMap(current -> previous(cluster, current));
  }

  private Optional<Needed> previous(ManagedCluster cluster, KeyId current) {
    Optional<Ledger> ledger = ports.records().ledger(cluster.name()).map(Stored::value);
    return ledger
        .flatMap(known -> Optional.ofNullable(known.previousSlot(current).version()))
        .filter(version -> Ledgers.parse(version.url(), conduct.cloud()).isPresent())
        .filter(version -> !version.isSameAs(current))
        .map(version -> new Needed(version, current, List.of(cluster)));
  }

  /** Empty while an intent holds. */
  private Optional<Look> consider(Needed needed, Vault seen) {
    KeyId version = needed.version();
    Optional<Extension> extension =
        Extension.of(
            version, seen.versions(version.key()), needed.current(), ports.time().instant());
    if (extension.isEmpty()) {
      return Optional.of(IN_ORDER);
    }
    SeenToUse use = new SeenToUse(ports);
    if (needed.users().stream().noneMatch(user -> use.by(user, version))) {
      return Optional.of(
          failed(
              extension.get(), "no-api-server-seen-to-use-it", "no API server is seen to use it"));
    }
    return intend(version) ? Optional.of(extend(extension.get(), seen)) : Optional.empty();
  }

  private boolean intend(KeyId version) {
    Instant now = ports.time().instant();
    Optional<Stored<RenewalIntent>> before = ports.records().extension(version);
    if (before.isPresent() && now.isBefore(before.get().value().at().plus(INTENT_HOLDS))) {
      return false;
    }
    try {
      ports.records().intendExtension(new RenewalIntent(version, now), before.orElse(null));
      return true;
    } catch (Conflict faster) {
      return false;
    }
  }

  private Look extend(Extension extension, Vault seen) {
    try {
      seen.extend(extension);
      ports.signals().count("previous-extended", "near-expiry");
      return IN_ORDER;
    } catch (OutsideFault fault) {
      return failed(extension, fault.token(), String.valueOf(fault.getMessage()));
    }
  }

  private static Look failed(Extension extension, String reason, String why) {
    return Look.of(
        List.of(
            AlertName.PREVIOUS_NOT_EXTENDED.about(
                extension.version().url(),
                reason,
                "the expiry of "
                    + extension.version()
                    + ", in the previous slot, could not be moved on: "
                    + why
                    + "; type: "
                    + extension.command())),
        AlertName.PREVIOUS_NOT_EXTENDED);
  }
}
