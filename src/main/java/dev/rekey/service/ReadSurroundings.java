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

/** Reads what lies around a cluster, as far as a change of KMS concerns it. */
final class ReadSurroundings {
  private final Ports ports;
  private final ClusterSurroundings arm;

  ReadSurroundings(Ports ports, ClusterSurroundings arm) {
    this.ports = ports;
    this.arm = arm;
  }

  /** Throws nothing for what is outside: a part that can't be read says why. */
  Surroundings around(ClusterName cluster, Change change) {
    ArmSide side = armSide(cluster, change);
    ReadKeys keys = new ReadKeys(ports.vault(), side.vaults());
    List<KeySide> read = keys(change).map(keys::read).toList();
    ReadApiServer apiServer = new ReadApiServer(ports, cluster);
    Contact server = apiServer.contact();
    return new Surroundings(
        side.cluster(),
        side.vaults(),
        read,
        new Reach(side.contact(), keys.contact(serving(change)), server),
        apiServer.secrets(side.cluster()));
  }

  /** What ARM showed. */
  private record ArmSide(ClusterSide cluster, List<VaultSide> vaults, Contact contact) {}

  private ArmSide armSide(ClusterName cluster, Change change) {
    Map<String, @Nullable String> hosts = vaults(change);
    try {
      ClusterSide side = arm.cluster(cluster);
      List<VaultSide> vaults = new ArrayList<>();
      hosts.forEach((host, id) -> vaults.add(arm.vault(cluster, host, id, side.principals())));
      return new ArmSide(side, vaults, Contact.ANSWERED);
    } catch (OutsideFault fault) {
      Reading<Object> why = Reading.unread(String.valueOf(fault.getMessage()));
      return new ArmSide(
          ClusterSide.unread(why),
          hosts.keySet().stream().map(host -> VaultSide.unread(host, why)).toList(),
          Contact.silent(String.valueOf(fault.getMessage())));
    }
  }

  /** The vaults by host, each with its ARM id where one of the settings names it. */
  private static Map<String, @Nullable String> vaults(Change change) {
    Map<String, @Nullable String> found = new LinkedHashMap<>();
    Stream.of(change.to(), change.from())
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

  private static Stream<VaultKey> keys(Change change) {
    List<VaultKey> found = new ArrayList<>();
    Stream.of(change.to().key(), change.from().key(), change.previous())
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
