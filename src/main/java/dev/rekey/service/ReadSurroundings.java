package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.preflight.Change;
import dev.rekey.operation.preflight.ClusterSide;
import dev.rekey.operation.preflight.KeySide;
import dev.rekey.operation.preflight.Reach;
import dev.rekey.operation.preflight.Reach.Contact;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Surroundings;
import dev.rekey.operation.preflight.VaultSide;
import dev.rekey.service.port.ClusterSurroundings;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what lies around a cluster, as far as changes of KMS concern it. */
final class ReadSurroundings {
  private final Ports ports;
  private final Silence silence;

  ReadSurroundings(Ports ports, Silence silence) {
    this.ports = ports;
    this.silence = silence;
  }

  /**
   * All but the API server, which nobody has asked yet. A part that can't be read says why.
   *
   * @throws OutsideFault if something gives no answer, and that isn't to be told
   */
  Surroundings withoutApiServer(ClusterName cluster, List<Change> changes) {
    ArmSide side = armSide(cluster, changes);
    ReadKeys keys = new ReadKeys(ports.vault(), side.vaults(), silence);
    List<KeySide> read = keys(changes).map(keys::read).toList();
    return new Surroundings(
        side.cluster(),
        side.vaults(),
        read,
        new Reach(side.contact(), keys.contact(serving(changes.get(0))), Contact.NOT_TRIED),
        Reading.unread("nobody counted them"));
  }

  /** What ARM showed. */
  private record ArmSide(ClusterSide cluster, List<VaultSide> vaults, Contact contact) {}

  private ArmSide armSide(ClusterName cluster, List<Change> changes) {
    Map<String, @Nullable String> hosts = vaults(changes);
    ClusterSurroundings arm = ports.surroundings();
    try {
      ClusterSide side = arm.cluster(cluster);
      List<VaultSide> vaults = new ArrayList<>();
      hosts.forEach((host, id) -> vaults.add(arm.vault(cluster, host, id, side.principals())));
      return new ArmSide(side, vaults, Contact.ANSWERED);
    } catch (OutsideFault fault) {
      silence.check(fault);
      Reading<Object> why = Reading.unread(String.valueOf(fault.getMessage()));
      return new ArmSide(
          ClusterSide.unread(why),
          hosts.keySet().stream().map(host -> VaultSide.unread(host, why)).toList(),
          Contact.silent(String.valueOf(fault.getMessage())));
    }
  }

  /** The vaults by host, each with its ARM id where one of the settings names it. */
  private static Map<String, @Nullable String> vaults(List<Change> changes) {
    Map<String, @Nullable String> found = new LinkedHashMap<>();
    changes.stream()
        .flatMap(change -> Stream.of(change.to(), change.from()))
        .filter(KmsSettings::isOn)
        .forEach(
            kms ->
                found.merge(
                    Objects.requireNonNull(kms.key()).key().vaultHost(),
                    Objects.requireNonNullElse(kms.vaultResourceId(), ""),
                    (named, again) -> named.isEmpty() ? again : named));
    found.replaceAll((host, id) -> id == null || id.isBlank() ? null : id);
    return found;
  }

  private static Stream<VaultKey> keys(List<Change> changes) {
    List<VaultKey> found = new ArrayList<>();
    changes.stream()
        .flatMap(change -> Stream.of(change.to().key(), change.from().key(), change.previous()))
        .filter(Objects::nonNull)
        .map(KeyId::key)
        .filter(key -> found.stream().noneMatch(key::isSameKeyAs))
        .forEach(found::add);
    return found.stream();
  }

  private static @Nullable VaultKey serving(Change change) {
    KeyId key = change.to().isOn() ? change.to().key() : change.from().key();
    return key == null ? null : key.key();
  }
}
