package dev.rekey.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where this user's programs keep their state. */
final class StateFolder {
  private StateFolder() {}

  /** {@code $XDG_STATE_HOME/rekey}, or {@code ~/.local/state/rekey}. */
  static Path standard() {
    @Nullable String state = System.getenv("XDG_STATE_HOME");
    return state == null || state.isBlank()
        ? Path.of(System.getProperty("user.home"), ".local", "state", "rekey")
        : Path.of(state, "rekey");
  }
}
