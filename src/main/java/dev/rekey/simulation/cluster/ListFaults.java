package dev.rekey.simulation.cluster;

import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.SecretsPage;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.replica.ListRequests;
import org.jspecify.annotations.Nullable;

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

  /**
   * A list that stops at a Secret of the prefix.
   *
   * @param next the token that was sent; null for the first page
   * @throws OutsideFault if the list is refused for another reason
   */
  static SecretsPage.StoppedAt stop(Refusal refusal, String prefix, @Nullable String next) {
    OutsideFault fault = of(refusal);
    String path = refusal.stoppedAt();
    if (path == null) {
      throw fault;
    }
    try {
      String behind = ListRequests.behind(path, prefix, next);
      return new SecretsPage.StoppedAt(path.substring(prefix.length()), behind, fault);
    } catch (Refusal badToken) {
      throw of(badToken);
    }
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
