package dev.rekey.service;

import dev.rekey.reencryption.Listing;
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
 * Lists every Secret into shards. A list that ends by an error is never an ended list (promise S5; k3s-io/k3s#5933 lost
 * data there): if the list over all namespaces fails on a stored object, each namespace is listed on its own, so that one
 * unreadable Secret hides only its own namespace, and that one is an exception.
 */
final class ListSecrets {
  /** How often an expired continue token is gone on from before the list begins anew. */
  private static final int MOST_FRESH_TOKENS = 100;

  private final ApiServers servers;
  private final Consumer<List<Shard>> store;
  private final int shardSize;

  /** What a list came to. */
  record Listed(int shards, long discovered) {}

  /**
   * @param store takes the shards as they fill
   */
  ListSecrets(ApiServers servers, int shardSize, Consumer<List<Shard>> store) {
    this.servers = servers;
    this.shardSize = shardSize;
    this.store = store;
  }

  Listed run() {
    ShardPacking packing = new ShardPacking(shardSize);
    try {
      pages(null, packing);
    } catch (OutsideFault fault) {
      if (!concernsOneObject(fault)) {
        throw fault;
      }
      packing = byNamespace();
    }
    store.accept(packing.takeRest());
    return new Listed(packing.count(), packing.discovered());
  }

  private ShardPacking byNamespace() {
    ShardPacking packing = new ShardPacking(shardSize);
    for (String namespace : namespaces()) {
      List<SecretRef> secrets = new ArrayList<>();
      try {
        eachPage(namespace, secrets::addAll);
        secrets.forEach(packing::add);
      } catch (OutsideFault fault) {
        if (!concernsOneObject(fault)) {
          throw fault;
        }
        secrets.forEach(packing::add);
        packing.addUnlistable(namespace);
      }
      store.accept(packing.takeFull());
    }
    return packing;
  }

  private static boolean concernsOneObject(OutsideFault fault) {
    return fault.kind() == OutsideFault.Kind.UNDECRYPTABLE;
  }

  private void pages(@Nullable String namespace, ShardPacking packing) {
    eachPage(
        namespace,
        secrets -> {
          secrets.forEach(packing::add);
          store.accept(packing.takeFull());
        });
  }

  /**
   * Goes through a list to its end. Where a continue token has expired, the server's fresh one goes on from the same place
   * in a newer state: what was added before that place since then was written after convergence; nothing is seen twice, by
   * the names seen.
   */
  private void eachPage(@Nullable String namespace, Consumer<List<SecretRef>> page) {
    @Nullable String next = null;
    int freshTokens = 0;
    Set<String> lastPage = Set.of();
    do {
      Listing<SecretRef> listing;
      try {
        listing = servers.listSecrets(namespace, next);
      } catch (OutsideFault fault) {
        String fresh = fault.freshContinue();
        if (fresh == null || ++freshTokens > MOST_FRESH_TOKENS) {
          throw fault;
        }
        listing = servers.listSecrets(namespace, fresh);
      }
      Set<String> seen = lastPage;
      page.accept(listing.items().stream().filter(one -> !seen.contains(one.uid())).toList());
      lastPage = uids(listing.items());
      next = listing.next();
    } while (next != null);
  }

  private static Set<String> uids(List<SecretRef> secrets) {
    Set<String> uids = new HashSet<>();
    secrets.forEach(secret -> uids.add(secret.uid()));
    return uids;
  }

  private List<String> namespaces() {
    List<String> names = new ArrayList<>();
    @Nullable String next = null;
    do {
      Listing<String> listing = servers.listNamespaces(next);
      names.addAll(listing.items());
      next = listing.next();
    } while (next != null);
    return names;
  }
}
