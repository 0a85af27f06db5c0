package dev.rekey.operation;

/**
 * A vault as ARM shows it, as far as a step decides on it.
 *
 * @param resourceId its ARM id
 */
public record VaultResource(String resourceId, Openness openness) {

  /** Whether it is open, or closed, as API servers that reach it so need it. */
  public boolean isOpenAs(NetworkAccess access) {
    return openness == (access == NetworkAccess.PUBLIC ? Openness.ALL_NETWORKS : Openness.CLOSED);
  }

  public boolean letsSelectedNetworksIn() {
    return openness == Openness.SELECTED_NETWORKS;
  }
}
