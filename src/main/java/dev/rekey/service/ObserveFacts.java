package dev.rekey.service;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Observes what a step asks for, and nothing else. What this turn has already seen isn't asked for
 * again.
 */
final class ObserveFacts {
  private final Ports ports;
  private final Connection connection;

  ObserveFacts(Ports ports, Connection connection) {
    this.ports = ports;
    this.connection = connection;
  }

  Facts add(Facts facts, Set<FactKind> needed) {
    Facts seen = facts;
    for (FactKind kind : FactKind.values()) {
      if (needed.contains(kind)) {
        seen = add(seen, kind);
      }
    }
    return seen;
  }

  private Facts add(Facts facts, FactKind kind) {
    Operation operation = facts.operation();
    return switch (kind) {
      case CLUSTER ->
          facts.cluster() == null ? facts.with(ports.clusters().read(operation.cluster())) : facts;
      case UPDATE -> facts.update() == null ? withUpdate(facts) : facts;
      case VERSIONS -> facts.versions().isEmpty() ? withVersions(facts) : facts;
      case VAULT -> facts.vault() == null ? withVault(facts) : facts;
      case ACCESS -> withAccess(facts);
      case PREFLIGHT -> facts.preflight() == null ? withPreflight(facts) : facts;
      case SCRAPE ->
          facts.scrape() == null
              ? facts.with(new ReadReplicas(ports.time()).read(connection.apiServers()))
              : facts;
      case SHARDS -> withShards(facts);
      case WINDOW ->
          facts.opening() == null
              ? facts.with(new LookAtWindow(ports).of(facts.requireCluster(), facts.now()))
              : facts;
    };
  }

  private Facts withUpdate(Facts facts) {
    return facts
        .operation()
        .asynchronousOperation()
        .map(address -> withProgress(facts, address))
        .orElse(facts);
  }

  /**
   * ARM forgets an ended operation after some time; what became of it shows in the cluster all the
   * same.
   */
  private Facts withProgress(Facts facts, String address) {
    try {
      return facts.with(ports.clusters().progress(address));
    } catch (OutsideFault fault) {
      if (fault.kind() == OutsideFault.Kind.NOT_FOUND) {
        return facts;
      }
      throw fault;
    }
  }

  /**
   * Of the key that is used, of the one that is to be, and of the one that a dropped version is to
   * be left for in its turn: they may be several, in several vaults. One that is to be left unused
   * needn't be there any more.
   */
  private Facts withVersions(Facts facts) {
    Operation operation = facts.operation();
    Set<VaultKey> keys = new LinkedHashSet<>();
    Stream.of(
            operation.to(),
            operation.kind() == Kind.RETURN ? null : operation.from(),
            operation.kind() == Kind.RECOVER_DROPPED_KEY ? last(operation) : null)
        .filter(Objects::nonNull)
        .map(KeyId::key)
        .filter(key -> keys.stream().noneMatch(key::isSameKeyAs))
        .forEach(keys::add);
    List<KeyVersion> versions = new ArrayList<>();
    keys.forEach(key -> versions.addAll(ports.vault().versions(key)));
    return facts.withVersions(versions);
  }

  private static @Nullable KeyId last(Operation operation) {
    return operation.route().stops().get(operation.route().phases()).key();
  }

  private Facts withVault(Facts facts) {
    String id = facts.operation().route().vaultResourceId().orElseThrow();
    return facts.with(ports.clusters().readVault(id));
  }

  private Facts withAccess(Facts facts) {
    Operation operation = facts.operation();
    boolean encrypted = !operation.managed() || operation.before().isOn();
    new CheckAccess(connection.apiServers(), ports.time()).run(encrypted);
    return facts;
  }

  private Facts withPreflight(Facts facts) {
    return facts.withPreflight(
        new RunPreflight(ports).before(facts.operation(), facts.ledger(), connection));
  }

  private Facts withShards(Facts facts) {
    Operation operation = facts.operation();
    return operation
        .progress()
        .runningPass()
        .map(
            pass ->
                facts.withShards(
                    ports
                        .records()
                        .shards(operation.cluster(), operation.id(), pass.id(), pass.shards())))
        .orElse(facts);
  }
}
