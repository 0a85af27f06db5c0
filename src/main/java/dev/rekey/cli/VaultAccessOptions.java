package dev.rekey.cli;

import dev.rekey.operation.NetworkAccess;
import dev.rekey.service.OperationRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the API servers are to reach the vault. */
final class VaultAccessOptions {
  private static final String ACCESS = "--network-access";
  private static final String VAULT = "--key-vault-resource-id";

  @Option(
      names = ACCESS,
      paramLabel = "ACCESS",
      description =
          "public: the API servers reach the vault over its public endpoint; private: over a private"
              + " endpoint that AKS makes, with API Server VNet Integration.")
  private @Nullable String access;

  @Option(
      names = VAULT,
      paramLabel = "ID",
      description =
          "The vault's ARM id, as printed by: az keyvault show --query id. For private access.")
  private @Nullable String vault;

  /** For a kind that changes the way, and so can't do without one. */
  Wish neededBy(Wish wish) {
    return wish.needing(ACCESS, access, "public or private").over(this);
  }

  /** The way that is named; null if none is. */
  @Nullable NetworkAccess access(BadOptions bad) {
    if (access == null) {
      return null;
    }
    Optional<NetworkAccess> named = NetworkAccess.of(access);
    if (named.isEmpty()) {
      bad.add(ACCESS + " " + access, "public or private");
    }
    return named.orElse(null);
  }

  /** The vault's id that goes with that way; null for none. */
  @Nullable String vaultResourceId(BadOptions bad) {
    boolean isPrivate = "private".equalsIgnoreCase(access);
    if (isPrivate && vault == null) {
      bad.add(VAULT, "the vault's ARM id beside --network-access private: AKS needs it");
    }
    if (vault == null) {
      return null;
    }
    if (!isPrivate) {
      bad.add(VAULT, "--network-access private beside it; it is for nothing else");
    }
    if (!OperationRequest.isVaultResourceId(vault)) {
      bad.add(
          VAULT + " " + vault,
          "/subscriptions/<id>/resourceGroups/<group>/providers/Microsoft.KeyVault/vaults/<name>,"
              + " as printed by `az keyvault show --name VAULT --query id --output tsv`");
    }
    return vault;
  }
}
