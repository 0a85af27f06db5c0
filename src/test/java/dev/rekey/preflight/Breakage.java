package dev.rekey.preflight;

import dev.rekey.operation.preflight.Verdict;
import java.util.function.Consumer;

/**
 * The one thing that breaks a check.
 *
 * @param check its token
 * @param what in a few words
 * @param verdict what the check then comes to
 */
record Breakage(
    String check,
    Situation situation,
    String what,
    Verdict verdict,
    Consumer<PreflightWorld> broken) {

  static Breakage of(String check, String what, Verdict verdict, Consumer<PreflightWorld> broken) {
    return new Breakage(check, Situation.ROTATION, what, verdict, broken);
  }

  /** In a private vault. */
  static Breakage ofPrivate(
      String check, String what, Verdict verdict, Consumer<PreflightWorld> broken) {
    return new Breakage(check, Situation.PRIVATE_ROTATION, what, verdict, broken);
  }

  PreflightWorld world() {
    PreflightWorld world = situation.world();
    broken.accept(world);
    return world;
  }

  @Override
  public String toString() {
    return check + ": " + what;
  }
}
