package dev.rekey.operation;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a cluster's API servers reach the vault: {@code keyVaultNetworkAccess}. */
public enum NetworkAccess {
  /** Over the vault's public endpoint. What AKS takes where nothing is said. */
  PUBLIC("Public"),
  /** Over a private endpoint that AKS makes in the node resource group. */
  PRIVATE("Private");

  private final String token;

  NetworkAccess(String token) {
    this.token = token;
  }

  /** As ARM writes it. */
  public String token() {
    return token;
  }

  /** The one that a text names, in any case; empty if it names none. */
  public static Optional<NetworkAccess> of(@Nullable String text) {
    for (NetworkAccess access : values()) {
      if (access.token.equalsIgnoreCase(text)) {
        return Optional.of(access);
      }
    }
    return Optional.empty();
  }
}
