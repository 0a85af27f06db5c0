package dev.rekey.service;

import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import java.util.List;

/**
 * Asks for what every operation needs: a missing right or a wrong address shows before anything is
 * changed.
 */
public final class CheckAccess {
  private final ApiServers servers;

  public CheckAccess(ApiServers servers) {
    this.servers = servers;
  }

  /**
   * Lists namespaces, the Secrets of one, and the leases, and reads the counters.
   *
   * @throws dev.rekey.service.port.OutsideFault if one of them is refused or not answered
   */
  public void run() {
    List<String> namespaces = servers.listNamespaces(null).items();
    if (!namespaces.isEmpty()) {
      list(namespaces.get(0));
    }
    servers.leases();
    servers.sample();
  }

  /** One Secret that can't be decrypted says nothing against the right to list. */
  private void list(String namespace) {
    try {
      servers.listSecrets(namespace, null);
    } catch (OutsideFault fault) {
      if (fault.kind() != OutsideFault.Kind.UNDECRYPTABLE) {
        throw fault;
      }
    }
  }
}
