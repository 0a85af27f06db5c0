package dev.rekey.operation;

import org.jspecify.annotations.Nullable;

/**
 * How an accepted ARM update stands.
 *
 * @param code the service's error code, such as {@code KeyVaultKeyNotFound}; null unless failed
 */
public record UpdateProgress(State state, @Nullable String code) {

  public enum State {
    RUNNING,
    SUCCEEDED,
    FAILED
  }
}
