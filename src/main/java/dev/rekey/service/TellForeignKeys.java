package dev.rekey.service;

import dev.rekey.fleet.ForeignKeys;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.Signals;
import java.util.stream.Collectors;

/** Tells what a census has found that lies elsewhere than it should, and what to do about it. */
final class TellForeignKeys {
  private final Signals signals;

  TellForeignKeys(Signals signals) {
    this.signals = signals;
  }

  void tell(ForeignKeys found, ManagedCluster cluster, Ledger ledger) {
    signals.tell(
        "foreign-key-found",
        found.what().token(),
        cluster.name() + ": " + seen(found, cluster, ledger) + "; " + remedy(found, cluster));
  }

  /** Counts are upper bounds: other clients read too. */
  private static String seen(ForeignKeys found, ManagedCluster cluster, Ledger ledger) {
    String unknown =
        found.unknown() == 0 ? "" : found.unknown() + " Secrets that can't be decrypted";
    String under =
        found.under().entrySet().stream()
            .map(one -> "at most " + one.getValue() + " " + where(one.getKey(), ledger))
            .collect(Collectors.joining(", "));
    String both = unknown.isEmpty() || under.isEmpty() ? unknown + under : unknown + ", " + under;
    return "the census " + found.census() + " has found " + both + ", where " + expected(cluster);
  }

  private static String where(KeyIdHash key, Ledger ledger) {
    return key.equals(KeyIdHash.PLAIN) ? "plain" : "under " + name(key, ledger);
  }

  private static String name(KeyIdHash key, Ledger ledger) {
    return ledger.entries().stream()
        .map(entry -> entry.key())
        .filter(version -> KeyIdHash.predict(version).equals(key))
        .findFirst()
        .map(KeyId::url)
        .orElse(key.label());
  }

  private static String expected(ManagedCluster cluster) {
    if (cluster.experience() == KmsExperience.PLATFORM_MANAGED) {
      return "AKS encrypts with a key whose version it doesn't show";
    }
    return cluster.keyId() == null ? "KMS is off" : "ARM shows " + cluster.keyId();
  }

  private static String remedy(ForeignKeys found, ManagedCluster cluster) {
    String id = " --cluster " + cluster.resourceId();
    if (found.what() == ForeignKeys.What.UNDECRYPTABLE) {
      return "keep every version of the key; bring the missing one back (rekey recover-dropped-key"
          + id
          + "), or restore those Secrets";
    }
    String rewrite = "type: rekey reencrypt" + id;
    if (found.what() == ForeignKeys.What.ENCRYPTED_THOUGH_OFF && !found.canBeRewritten()) {
      return "keep these versions of the key; turn KMS on again (rekey enable), or to have all"
          + " written plain "
          + rewrite;
    }
    return found.canBeRewritten()
        ? "Rekey rewrites and proves them by itself, in mode approve once a person has approved it; in"
            + " mode observe "
            + rewrite
        : "keep these versions of the key until then; " + rewrite;
  }
}
