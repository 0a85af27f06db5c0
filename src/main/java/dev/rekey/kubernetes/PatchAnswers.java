package dev.rekey.kubernetes;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What an answer to an empty patch means. The only place that decides it. */
final class PatchAnswers {
  private PatchAnswers() {}

  /**
   * An answer that isn't a success, in this order:
   *
   * <ol>
   *   <li>A webhook's or a policy's denial, or a webhook that takes no dry run: known by its words
   *       whatever its code, for webhooks choose their code.
   *   <li>404: gone only if the API server says so of this very Secret. A proxy's 404 must never
   *       make a Secret disappear from the count.
   *   <li>429: load, unless storage is re-initialising.
   *   <li>500: a webhook that does not answer; what can't be decrypted; else a passing trouble.
   *   <li>401: passing. The token is asked for anew; were it final, each Secret would become an
   *       exception.
   *   <li>408: whoever stands before the API server lost patience; the patch may have taken effect.
   *   <li>403, 422, and what no other try can change: refused.
   *   <li>The rest (409, 5xx, redirects of a proxy): try again, a bounded number of times.
   * </ol>
   *
   * @param name the Secret that was patched
   */
  static PatchAnswer ofRefusal(
      int code, Refusal refusal, String name, @Nullable Duration retryAfter) {
    if (ServerTexts.isWebhookDenial(refusal)) {
      return refused(ExceptionReason.DENIED_BY_WEBHOOK, ServerTexts.webhook(refusal));
    }
    if (ServerTexts.isWebhookWithoutDryRun(refusal)) {
      return refused(
          ExceptionReason.DRY_RUN_UNSUPPORTED, ServerTexts.webhookWithoutDryRun(refusal));
    }
    if (ServerTexts.isPolicyDenial(refusal)) {
      return refused(ExceptionReason.DENIED_BY_POLICY, ServerTexts.policy(refusal));
    }
    return switch (code) {
      case 404 ->
          isGone(refusal, name) ? new PatchAnswer.Gone() : busy(BusyCause.UNAVAILABLE, retryAfter);
      case 408 -> busy(BusyCause.TIMED_OUT, retryAfter);
      case 429 ->
          busy(
              ServerTexts.isStorageReinitialising(refusal)
                  ? BusyCause.STORAGE_REINITIALISING
                  : BusyCause.THROTTLED,
              retryAfter);
      case 500 -> ofInternalError(refusal, retryAfter);
      case 403 ->
          ServerTexts.isAdmissionNotReady(refusal)
              ? busy(BusyCause.UNAVAILABLE, retryAfter)
              : refused(ExceptionReason.FORBIDDEN, null);
      case 422 -> refused(ExceptionReason.INVALID, null);
      case 400, 405, 406, 410, 412, 413, 414, 415, 431 -> refused(ExceptionReason.REJECTED, null);
      default -> busy(BusyCause.UNAVAILABLE, retryAfter);
    };
  }

  private static PatchAnswer ofInternalError(Refusal refusal, @Nullable Duration retryAfter) {
    if (ServerTexts.isWebhookFailure(refusal)) {
      return refused(ExceptionReason.WEBHOOK_UNREACHABLE, ServerTexts.failedWebhook(refusal));
    }
    return ServerTexts.isDecryption(refusal)
        ? refused(ExceptionReason.UNDECRYPTABLE, null)
        : busy(BusyCause.UNAVAILABLE, retryAfter);
  }

  private static boolean isGone(Refusal refusal, String name) {
    return refusal.reason().equals("NotFound")
        && refusal.kind().equals("secrets")
        && refusal.name().equals(name);
  }

  /**
   * No answer, or a success whose body can't be read to its end: the patch may have taken effect. A
   * success that holds something else than a name is final: another try could bring the same Secret
   * again.
   */
  static PatchAnswer ofFailure(IOException failure) {
    if (failure instanceof NotUnderstood) {
      return refused(ExceptionReason.REJECTED, null);
    }
    if (failure instanceof CredentialUnavailable) {
      return busy(BusyCause.UNAVAILABLE, null);
    }
    if (failure instanceof InterruptedIOException) {
      return busy(BusyCause.TIMED_OUT, null);
    }
    return busy(BusyCause.CONNECTION_LOST, null);
  }

  private static PatchAnswer refused(ExceptionReason reason, @Nullable String by) {
    return new PatchAnswer.Refused(reason, by);
  }

  private static PatchAnswer busy(BusyCause cause, @Nullable Duration retryAfter) {
    return new PatchAnswer.Busy(cause, retryAfter);
  }
}
