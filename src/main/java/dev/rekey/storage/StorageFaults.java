package dev.rekey.storage;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what goes wrong at a storage account into a fault. The only place that decides its kind.
 *
 * <p>{@code doing} is our own words for the request, such as {@code read the table Rekey}.
 */
final class StorageFaults {
  private final String account;
  private final StorageService service;
  private final InstantSource time;

  StorageFaults(URI endpoint, StorageService service, InstantSource time) {
    String host = endpoint.getHost();
    this.account = host.contains(".") ? host.substring(0, host.indexOf('.')) : host;
    this.service = service;
    this.time = time;
  }

  /** What storage answered; empty if the request failed in another way. */
  Optional<StorageAnswer> answer(RuntimeException failure) {
    return failure instanceof ClientAuthenticationException
        ? Optional.empty()
        : StorageAnswer.of(failure, time.instant());
  }

  /**
   * What the SDK threw, for want of a better way in which it says that an answer of success holds
   * something else: null pointers and illegal states among others.
   *
   * @throws RuntimeException the failure itself, if it isn't one of the outside
   */
  OutsideFault of(String doing, RuntimeException failure, SentRequest request) {
    try {
      return of(doing, failure);
    } catch (RuntimeException another) {
      if (request.isAnsweredWithSuccess()) {
        return malformed(doing, "its answer can't be read");
      }
      throw another;
    }
  }

  /**
   * What the SDK threw.
   *
   * @throws RuntimeException the failure itself, if it isn't one of the outside
   */
  OutsideFault of(String doing, RuntimeException failure) {
    Optional<StorageAnswer> answer = answer(failure);
    if (answer.isPresent()) {
      return ofAnswer(doing, answer.get());
    }
    for (Throwable each = failure; each != null; each = each.getCause()) {
      OutsideFault fault = ofCause(doing, each);
      if (fault != null) {
        return fault;
      }
    }
    throw failure;
  }

  OutsideFault ofAnswer(String doing, StorageAnswer answer) {
    String why = " (" + answer.text() + ")";
    return switch (answer.status()) {
      case 401 ->
          fault(
              Kind.UNAUTHENTICATED,
              doing,
              "the token isn't accepted"
                  + why
                  + "; see that the identity belongs to the tenant of the account");
      case 403 -> fault(Kind.FORBIDDEN, doing, forbidden(answer) + why);
      case 404 ->
          fault(Kind.NOT_FOUND, doing, "there is no such thing" + why + "; see its endpoint");
      case 408 -> fault(Kind.TIMED_OUT, doing, "it did not finish in time" + why);
      case 409 -> fault(Kind.CONFLICT, doing, "another change of it is under way" + why);
      case 412 -> fault(Kind.CHANGED_MEANWHILE, doing, "it has changed since it was read" + why);
      case 429 -> busy(doing, "it asks for fewer requests" + why, answer.retryAfter());
      case 503, 504 -> busy(doing, "it is unavailable for now" + why, answer.retryAfter());
      default -> other(doing, answer.status(), why);
    };
  }

  private OutsideFault other(String doing, int status, String why) {
    if (status >= 500) {
      return fault(Kind.BROKEN, doing, "it fails" + why + "; look again, and at Azure's status");
    }
    return status < 400
        ? fault(Kind.MALFORMED, doing, "its answer isn't one of storage" + why)
        : fault(Kind.REJECTED, doing, "it refuses the request" + why);
  }

  private String forbidden(StorageAnswer answer) {
    if (answer.isAnyOf(
        "AuthorizationFailure", "IPAuthorizationError", "PublicAccessNotPermitted")) {
      return "its firewall lets nobody in from here, or the identity lacks the role "
          + service.role()
          + "; see the account's networking first, then its role assignments";
    }
    return "the identity lacks a right; give it the role "
        + service.role()
        + " on the account, which takes some minutes to come into force";
  }

  private @Nullable OutsideFault ofCause(String doing, Throwable cause) {
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
    if (isTimeout(cause)) {
      return fault(Kind.TIMED_OUT, doing, "it did not answer in time");
    }
    if (cause instanceof UnresolvedAddressException) {
      return fault(Kind.UNREACHABLE, doing, "its name can't be resolved; is the account's right?");
    }
    return cause instanceof IOException wire ? fault(Kind.UNREACHABLE, doing, wire(wire)) : null;
  }

  private static boolean isTimeout(Throwable cause) {
    return cause instanceof TimeoutException
        || (cause instanceof HttpTimeoutException
            && !(cause instanceof HttpConnectTimeoutException));
  }

  private static String wire(IOException failure) {
    return failure instanceof SSLException
        ? "no TLS connection comes about; see what stands between here and there"
        : "no connection, or it broke; see name resolution, firewall and private endpoints";
  }

  OutsideFault malformed(String doing, String why) {
    return fault(Kind.MALFORMED, doing, why);
  }

  /** A write of which nobody can say any more whether it was carried out. */
  OutsideFault unknown(String doing) {
    return fault(
        Kind.UNREACHABLE,
        doing,
        "an answer was lost, and what is stored now doesn't tell whether the write was carried"
            + " out; look again");
  }

  private OutsideFault busy(String doing, String why, @Nullable Duration retryAfter) {
    return new OutsideFault(
        OutsideSystem.STORAGE, Kind.BUSY, sentence(doing, why), retryAfter, null);
  }

  private OutsideFault fault(Kind kind, String doing, String why) {
    return new OutsideFault(OutsideSystem.STORAGE, kind, sentence(doing, why));
  }

  private String sentence(String doing, String why) {
    return "can't " + doing + " of the storage account " + account + ": " + why;
  }
}
