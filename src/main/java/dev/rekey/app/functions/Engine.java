package dev.rekey.app.functions;

import dev.rekey.reencryption.Limits;

/**
 * Settings that can be used, and the parts that they lead to: made once in a process.
 *
 * @param limits how much a fleet's instances do at once
 */
record Engine(Settings settings, Parts parts, Limits limits) {

  Engine(Settings settings, Parts parts) {
    this(settings, parts, Limits.FLEET.atMost(settings.maxInFlight()));
  }
}
