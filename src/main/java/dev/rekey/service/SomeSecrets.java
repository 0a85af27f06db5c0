package dev.rekey.service;

import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.SecretsPage;
import java.util.ArrayList;
import java.util.List;

/**
 * A few Secrets of any kind. API servers show their write key by patches that go through, and a
 * round over exceptions may have none that does.
 */
final class SomeSecrets {
  private static final int ENOUGH = 50;
  private static final int MOST_NAMESPACES = 20;

  private final ApiServers servers;

  SomeSecrets(ApiServers servers) {
    this.servers = servers;
  }

  List<SecretRef> list() {
    List<SecretRef> some = new ArrayList<>();
    List<String> namespaces = servers.listNamespaces(null).items();
    int looked = Math.min(MOST_NAMESPACES, namespaces.size());
    for (int number = 0; number < looked && some.size() < ENOUGH; number++) {
      SecretsPage page = servers.listSecrets(namespaces.get(number), null, ENOUGH);
      if (page instanceof SecretsPage.Names names) {
        some.addAll(names.secrets());
      }
    }
    return some;
  }
}
