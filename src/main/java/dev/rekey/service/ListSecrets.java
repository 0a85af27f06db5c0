package dev.rekey.service;

import dev.rekey.reencryption.Extent;
import dev.rekey.reencryption.ExtentFinder;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Scope;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.ShardPacking;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists every Secret of a scope into shards, namespace by namespace. A list that ends by an error
 * is never an ended list (promise S5; k3s-io/k3s#5933 lost data there): a namespace whose list
 * can't be led around a Secret that can't be decrypted is an exception of its own; any other error
 * ends the whole list, to be begun anew.
 */
final class ListSecrets {
  private final ApiServers servers;
  private final Consumer<List<Shard>> store;
  private final ShardPacking packing;
  private final Scope scope;
  private final ExtentFinder extent;

  /** What a list came to. */
  record Listed(int shards, long discovered, Extent extent) {}

  /** Lists all of them. */
  ListSecrets(ApiServers servers, int shardSize, Consumer<List<Shard>> store) {
    this(servers, Scope.WHOLE, shardSize, store);
  }

  /**
   * @param store takes the shards as they fill, so that no list is ever whole in memory
   */
  ListSecrets(ApiServers servers, Scope scope, int shardSize, Consumer<List<Shard>> store) {
    this.servers = servers;
    this.scope = scope;
    this.extent = new ExtentFinder(scope);
    this.store = store;
    this.packing = new ShardPacking(shardSize);
  }

  /**
   * @param wanted what to list; a namespace that holds nothing of it isn't looked at
   */
  Listed run(WantedSecrets wanted) {
    for (String namespace : namespaces()) {
      if (!wanted.anyIn(namespace)) {
        continue;
      }
      try {
        new WalkNamespace(servers, namespace, secret -> addIf(wanted, secret), scope::isBehind)
            .run();
      } catch (OutsideFault fault) {
        unlistable(namespace, fault);
      }
      store.accept(packing.takeFull());
    }
    store.accept(packing.takeRest());
    return new Listed(packing.count(), packing.discovered(), extent.found());
  }

  private void addIf(WantedSecrets wanted, SecretRef secret) {
    if (wanted.holds(secret) && scope.takesSecret(secret.name())) {
      packing.add(secret);
      extent.add(secret);
    }
  }

  private void unlistable(String namespace, OutsideFault fault) {
    if (fault.kind() == OutsideFault.Kind.UNDECRYPTABLE) {
      packing.addUnlistable(namespace);
    } else {
      throw fault; // 404 too: for a namespace that has gone, an API server answers with an empty
      // list
    }
  }

  private List<String> namespaces() {
    List<String> names = new ArrayList<>();
    @Nullable String next = null;
    do {
      Listing<String> page = servers.listNamespaces(next);
      page.items().stream().filter(scope::takesNamespace).forEach(names::add);
      next = page.next();
    } while (next != null);
    return names;
  }
}
