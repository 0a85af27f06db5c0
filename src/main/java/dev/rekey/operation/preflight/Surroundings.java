package dev.rekey.operation.preflight;

import dev.rekey.key.VaultKey;
import java.util.List;

/**
 * What was read around one cluster.
 *
 * @param cluster the cluster, its identities and nodes
 * @param vaults the vaults that a change concerns
 * @param keys the keys that it concerns
 * @param reach whom Rekey reaches from where it runs
 * @param secrets how many Secrets the cluster holds
 */
public record Surroundings(
    ClusterSide cluster,
    List<VaultSide> vaults,
    List<KeySide> keys,
    Reach reach,
    Reading<Long> secrets) {

  public Surroundings {
    vaults = List.copyOf(vaults);
    keys = List.copyOf(keys);
  }

  /** The same, with what an API server told. */
  public Surroundings withApiServer(Reach.Contact apiServer, Reading<Long> counted) {
    return new Surroundings(
        cluster, vaults, keys, new Reach(reach.arm(), reach.vault(), apiServer), counted);
  }

  /** What was read of a vault; all of it unread if nobody looked. */
  VaultSide vault(String host) {
    return vaults.stream()
        .filter(vault -> vault.host().equals(host))
        .findFirst()
        .orElseGet(() -> VaultSide.unread(host, Reading.unread("nobody looked at this vault")));
  }

  /** What was read of a key; all of it unread if nobody looked. */
  KeySide key(VaultKey key) {
    return keys.stream()
        .filter(side -> side.key().isSameKeyAs(key))
        .findFirst()
        .orElseGet(() -> KeySide.unread(key, Reading.unread("nobody looked at this key")));
  }
}
