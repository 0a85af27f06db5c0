package dev.rekey.kubernetes;

import java.util.List;

/**
 * A kubeconfig that can't be used. The message names all that can be seen to be wrong at once, each
 * with what was expected and what to type, and never quotes a credential.
 */
public final class InvalidKubeconfig extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  InvalidKubeconfig(String origin, List<String> problems) {
    super(
        problems.size() == 1
            ? "kubeconfig " + origin + ": " + problems.get(0)
            : "kubeconfig "
                + origin
                + " has "
                + problems.size()
                + " problems:\n- "
                + String.join("\n- ", problems));
  }
}
