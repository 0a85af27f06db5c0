package dev.rekey.simulation.cluster;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;

/**
 * What an API server's answer to a patch means, as the Kubernetes adapter would find from status
 * and text.
 */
final class PatchAnswers {
  static final PatchAnswer CONNECTION_LOST = new PatchAnswer.Busy(BusyCause.CONNECTION_LOST, null);

  private PatchAnswers() {}

  static PatchAnswer ask(SimulatedReplica replica, SecretRef secret, PatchMode mode) {
    try {
      SecretKey key = SecretKey.of(secret.namespace(), secret.name());
      long revision = replica.secrets().patch(key, mode).stored().revision();
      return new PatchAnswer.Patched(Long.toString(revision));
    } catch (Refusal refusal) {
      return of(refusal);
    }
  }

  static PatchAnswer of(Refusal refusal) {
    return switch (refusal.kind()) {
      case NOT_FOUND -> new PatchAnswer.Gone();
      case UNDECRYPTABLE -> refused(ExceptionReason.UNDECRYPTABLE, refusal);
      case DENIED_BY_POLICY -> refused(ExceptionReason.DENIED_BY_POLICY, refusal);
      case DENIED_BY_WEBHOOK -> refused(ExceptionReason.DENIED_BY_WEBHOOK, refusal);
      case WEBHOOK_UNREACHABLE -> refused(ExceptionReason.WEBHOOK_UNREACHABLE, refusal);
      case INVALID -> refused(ExceptionReason.INVALID, refusal);
      case FORBIDDEN -> refused(ExceptionReason.FORBIDDEN, refusal);
      case UNWRITABLE -> busy(BusyCause.UNAVAILABLE, refusal);
      case THROTTLED -> busy(BusyCause.THROTTLED, refusal);
      case STORAGE_REINITIALISING -> busy(BusyCause.STORAGE_REINITIALISING, refusal);
      case ALREADY_EXISTS, EXPIRED_CONTINUE, BAD_CONTINUE ->
          refused(ExceptionReason.REJECTED, refusal);
    };
  }

  private static PatchAnswer refused(ExceptionReason reason, Refusal refusal) {
    return new PatchAnswer.Refused(reason, refusal.by());
  }

  private static PatchAnswer busy(BusyCause cause, Refusal refusal) {
    return new PatchAnswer.Busy(cause, refusal.retryAfter());
  }
}
