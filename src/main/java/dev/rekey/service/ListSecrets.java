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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists every Secret of a scope into shards, namespace by namespace. A list that ends by an error
 * is never an ended list (promise S5; k3s-io/k3s#5933 lost data there): a namespace with a Secret
 * that can't be decrypted can't be listed to its end, and is an exception of its own; any other
 * error ends the whole list, to be begun anew.
 */
final class ListSecrets {
  /**
   * How often a list is gone on with after its continue token has expired, before it counts as
   * failed.
   */
  private static final int MOST_FRESH_TOKENS = 100;

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

  Listed run() {
    for (String namespace : namespaces()) {
      try {
        list(namespace);
      } catch (OutsideFault fault) {
        unlistable(namespace, fault);
      }
      store.accept(packing.takeFull());
    }
    store.accept(packing.takeRest());
    return new Listed(packing.count(), packing.discovered(), extent.found());
  }

  private void unlistable(String namespace, OutsideFault fault) {
    if (fault.kind() == OutsideFault.Kind.UNDECRYPTABLE) {
      packing.addUnlistable(namespace);
    } else {
      throw fault; // 404 too: for a namespace that has gone, an API server answers with an empty
      // list
    }
  }

  private void list(String namespace) {
    @Nullable String next = null;
    Set<String> seen = new HashSet<>();
    int freshTokens = 0;
    do {
      Listing<SecretRef> page;
      try {
        page = servers.listSecrets(namespace, next);
      } catch (OutsideFault fault) {
        String fresh = fault.freshContinue();
        if (fresh == null || ++freshTokens > MOST_FRESH_TOKENS) {
          throw fault;
        }
        page = servers.listSecrets(namespace, fresh);
      }
      // A list goes on in a newer state after its token has expired; nothing is taken twice.
      page.items().stream().filter(secret -> seen.add(secret.name())).forEach(this::take);
      next = isBehind(page) ? null : page.next();
    } while (next != null);
  }

  private void take(SecretRef secret) {
    if (scope.takesSecret(secret.name())) {
      packing.add(secret);
      extent.add(secret);
    }
  }

  /** Lists come in the order of names: what lies behind the scope need not be listed. */
  private boolean isBehind(Listing<SecretRef> page) {
    List<SecretRef> items = page.items();
    return !items.isEmpty() && scope.isBehind(items.get(items.size() - 1).name());
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
