package dev.rekey.simulation.cluster;

import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.simulation.cluster.refusal.Refusal;

/** What a refused list means to its caller. */
final class ListFaults {
  private ListFaults() {}

  static OutsideFault of(Refusal refusal) {
    return new OutsideFault(
        OutsideSystem.API_SERVER,
        kind(refusal),
        "the simulated API server refuses the list: " + refusal.kind(),
        refusal.retryAfter(),
        refusal.freshContinue());
  }

  static OutsideFault unreachable() {
    return new OutsideFault(
        OutsideSystem.API_SERVER,
        OutsideFault.Kind.UNREACHABLE,
        "no simulated API server is running; start one");
  }

  private static OutsideFault.Kind kind(Refusal refusal) {
    return switch (refusal.kind()) {
      case UNDECRYPTABLE -> OutsideFault.Kind.UNDECRYPTABLE;
      case THROTTLED, STORAGE_REINITIALISING -> OutsideFault.Kind.BUSY;
      case EXPIRED_CONTINUE -> OutsideFault.Kind.EXPIRED_CONTINUE;
      case FORBIDDEN -> OutsideFault.Kind.FORBIDDEN;
      case NOT_FOUND -> OutsideFault.Kind.NOT_FOUND;
      case UNWRITABLE, WEBHOOK_UNREACHABLE -> OutsideFault.Kind.BROKEN;
      case ALREADY_EXISTS, BAD_CONTINUE, DENIED_BY_POLICY, DENIED_BY_WEBHOOK, INVALID ->
          OutsideFault.Kind.REJECTED;
    };
  }
}
