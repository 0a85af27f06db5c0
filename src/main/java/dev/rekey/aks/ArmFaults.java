package dev.rekey.aks;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import java.io.IOException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what goes wrong at ARM into a fault. The only place that decides its kind.
 *
 * <p>{@code doing} is our own words for the request, such as {@code read the cluster
 * prod-1a2b3c4d}.
 */
final class ArmFaults {
  private ArmFaults() {}

  /** An answer that isn't one of success. */
  static OutsideFault ofAnswer(
      String doing, int status, ArmError error, @Nullable Duration retryAfter) {
    String code = error.code() == null ? "" + status : status + ", " + error.code();
    String why = " (" + code + ")";
    return switch (status) {
      case 401 ->
          fault(
              Kind.UNAUTHENTICATED,
              doing,
              "the token isn't accepted"
                  + why
                  + "; see that the identity belongs to the tenant of the subscription");
      case 403 -> fault(Kind.FORBIDDEN, doing, forbidden(error) + why);
      case 404 ->
          fault(
              Kind.NOT_FOUND,
              doing,
              "there is no such resource"
                  + why
                  + "; see that it still exists and that the scope names it rightly");
      case 408 -> fault(Kind.TIMED_OUT, doing, "it did not finish in time" + why);
      case 409 -> fault(Kind.CONFLICT, doing, conflict(error) + why);
      case 412 -> fault(Kind.CHANGED_MEANWHILE, doing, "it has changed since it was read" + why);
      case 429 -> busy(doing, "it asks for fewer requests" + why, retryAfter);
      case 503, 504 -> busy(doing, "it is unavailable for now" + why, retryAfter);
      default -> other(doing, status, why);
    };
  }

  private static OutsideFault other(String doing, int status, String why) {
    if (status >= 500) {
      return fault(Kind.BROKEN, doing, "it fails" + why + "; look again, and at Azure's status");
    }
    return status < 400
        ? fault(Kind.MALFORMED, doing, "it sends elsewhere" + why + ", which isn't followed")
        : fault(Kind.REJECTED, doing, "it refuses the request" + why);
  }

  private static String forbidden(ArmError error) {
    if (error.says("RequestDisallowedByPolicy")) {
      return "a policy of the subscription denies it; exempt the cluster from it";
    }
    return error
        .refusedRight()
        .map(RefusedRight::sentence)
        .orElse("the identity lacks a right; see its role assignments there");
  }

  private static String conflict(ArmError error) {
    return error.says("ScopeLocked")
        ? "a lock lies on it; take the lock away"
        : "another change of it is under way, or its state doesn't allow one";
  }

  /**
   * A request without an answer, or with one that the SDK can't read.
   *
   * @throws RuntimeException the failure itself, if it isn't one of the outside
   */
  static OutsideFault ofFailure(String doing, RuntimeException failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      OutsideFault fault = ofCause(doing, each);
      if (fault != null) {
        return fault;
      }
    }
    throw failure;
  }

  private static @Nullable OutsideFault ofCause(String doing, Throwable cause) {
    if (cause instanceof OutsideFault fault) {
      return fault;
    }
    if (cause instanceof ClientAuthenticationException) {
      return fault(
          Kind.UNAUTHENTICATED,
          doing,
          "no token is to be had; see that a managed identity is assigned and named, or log in"
              + " with `az login`");
    }
    if (cause instanceof HttpResponseException) {
      return malformed(doing, "its answer can't be read");
    }
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
      return fault(Kind.TIMED_OUT, doing, "the wait for its answer was interrupted");
    }
    if (cause instanceof TimeoutException
        || (cause instanceof HttpTimeoutException
            && !(cause instanceof HttpConnectTimeoutException))) {
      return fault(Kind.TIMED_OUT, doing, "it did not answer in time");
    }
    return cause instanceof IOException wire ? fault(Kind.UNREACHABLE, doing, wire(wire)) : null;
  }

  private static String wire(IOException failure) {
    return failure instanceof SSLException
        ? "no TLS connection comes about; see what stands between here and there"
        : "no connection, or it broke; see name resolution, firewall and proxy";
  }

  static OutsideFault malformed(String doing, String why) {
    return fault(Kind.MALFORMED, doing, why);
  }

  static OutsideFault fault(Kind kind, String doing, String why) {
    return new OutsideFault(OutsideSystem.ARM, kind, sentence(doing, why));
  }

  private static OutsideFault busy(String doing, String why, @Nullable Duration retryAfter) {
    return new OutsideFault(OutsideSystem.ARM, Kind.BUSY, sentence(doing, why), retryAfter, null);
  }

  private static String sentence(String doing, String why) {
    return "can't " + doing + " at Azure Resource Manager: " + why;
  }
}
