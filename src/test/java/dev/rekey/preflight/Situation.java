package dev.rekey.preflight;

import java.util.function.Consumer;

/** A change in a sound world. */
enum Situation {
  ROTATION(world -> {}),
  PRIVATE_ROTATION(PreflightWorld::privately),
  TO_ANOTHER_VAULT(PreflightWorld::toAnotherVault),
  VAULT_OPENED(PreflightWorld::halfWayToAPublicVault);

  private final Consumer<PreflightWorld> made;

  Situation(Consumer<PreflightWorld> made) {
    this.made = made;
  }

  PreflightWorld world() {
    PreflightWorld world = new PreflightWorld();
    made.accept(world);
    return world;
  }
}
