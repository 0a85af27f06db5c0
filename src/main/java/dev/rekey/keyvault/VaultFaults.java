package dev.rekey.keyvault;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpResponse;
import dev.rekey.key.InvalidKeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.io.IOException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What an error of a vault means. The only place where the client's exceptions are known. */
final class VaultFaults {
  private static final int LONGEST_CHAIN = 12;

  private VaultFaults() {}

  static OutsideFault fault(OutsideFault.Kind kind, String message) {
    return new OutsideFault(OutsideSystem.VAULT, kind, message);
  }

  /** Calls the vault, and turns what goes wrong into a fault. */
  static <T> T of(VaultKey key, Supplier<T> call) {
    try {
      return call.get();
    } catch (OutsideFault known) {
      throw known;
    } catch (ClientAuthenticationException noToken) {
      // The answer it may carry can be that of whoever gives tokens: a 404 there is no lost key.
      throw unauthenticated(key);
    } catch (HttpResponseException refused) {
      HttpResponse answer = refused.getResponse();
      throw answer == null ? malformed(key) : answered(key, answer);
    } catch (InvalidKeyId foreign) {
      throw malformed(key);
    } catch (RuntimeException failed) {
      // What the wire did is known already (VaultWire); this is about what the answer holds.
      throw known(failed).orElseGet(() -> malformed(key));
    }
  }

  private static Optional<OutsideFault> known(RuntimeException failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof OutsideFault known) {
        return Optional.of(known);
      }
      cause = cause.getCause();
    }
    return Optional.empty();
  }

  /**
   * Asks for a new version. Only answers that come before the vault does anything say that none was
   * made; a 503 can come from what stands before the vault, after it.
   */
  static <T> T ofRotation(VaultKey key, Supplier<T> call) {
    try {
      return of(key, () -> notUnavailable(key, call));
    } catch (OutsideFault fault) {
      throw switch (fault.kind()) {
        case UNREACHABLE, TIMED_OUT, BROKEN, MALFORMED ->
            fault(fault.kind(), fault.getMessage() + "; whether a version was made is unknown");
        default -> fault;
      };
    }
  }

  private static <T> T notUnavailable(VaultKey key, Supplier<T> call) {
    try {
      return call.get();
    } catch (HttpResponseException refused) {
      HttpResponse answer = refused.getResponse();
      int status = answer == null ? 0 : answer.getStatusCode();
      if (status == 503 || status == 504) {
        throw broken(key, status);
      }
      throw refused;
    }
  }

  private static OutsideFault answered(VaultKey key, HttpResponse answer) {
    String vault = "the vault " + key.vaultHost();
    return switch (answer.getStatusCode()) {
      case 401 -> unauthenticated(key);
      case 403 -> fault(OutsideFault.Kind.FORBIDDEN, VaultRefusal.sentence(key, answer));
      case 404 -> fault(OutsideFault.Kind.NOT_FOUND, vault + " has no key " + key.name());
      case 408 -> fault(OutsideFault.Kind.TIMED_OUT, vault + " did not finish in time");
      case 409 ->
          fault(
              OutsideFault.Kind.CONFLICT,
              vault
                  + " holds "
                  + key.name()
                  + " in a state that allows no such call; is it deleted?");
      case 412 ->
          fault(
              OutsideFault.Kind.CHANGED_MEANWHILE,
              vault + " holds " + key.name() + " in another state than the call expects");
      case 429, 503, 504 ->
          new OutsideFault(
              OutsideSystem.VAULT,
              OutsideFault.Kind.BUSY,
              vault + " asks to come back later",
              retryAfter(answer.getHeaderValue(HttpHeaderName.RETRY_AFTER)),
              null);
      default -> other(key, answer.getStatusCode());
    };
  }

  private static OutsideFault other(VaultKey key, int status) {
    if (status >= 500) {
      return broken(key, status);
    }
    return status < 400
        ? malformed(key)
        : fault(
            OutsideFault.Kind.REJECTED,
            "the vault " + key.vaultHost() + " rejects a call for " + key.name());
  }

  private static OutsideFault broken(VaultKey key, int status) {
    return fault(
        OutsideFault.Kind.BROKEN,
        "the vault " + key.vaultHost() + " answers with an error of its own (" + status + ")");
  }

  /** Seconds; the vault sends no dates. */
  static @Nullable Duration retryAfter(@Nullable String header) {
    boolean seconds = header != null && header.matches("\\d{1,7}");
    return seconds ? Duration.ofSeconds(Long.parseLong(header)) : null;
  }

  private static OutsideFault unauthenticated(VaultKey key) {
    return fault(
        OutsideFault.Kind.UNAUTHENTICATED,
        "the vault "
            + key.vaultHost()
            + " does not accept the credential, or none can be had; see the identity's client id"
            + " and tenant");
  }

  private static OutsideFault malformed(VaultKey key) {
    return fault(
        OutsideFault.Kind.MALFORMED,
        "the vault " + key.vaultHost() + " gave an answer that can't be understood");
  }

  /**
   * What a request without a whole answer means; null if something else than the wire failed.
   *
   * @param vaultHost whom it was for
   */
  static @Nullable OutsideFault ofWire(String vaultHost, RuntimeException failed) {
    Throwable cause = failed;
    for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
      if (cause instanceof HttpTimeoutException || cause instanceof TimeoutException) {
        return fault(
            OutsideFault.Kind.TIMED_OUT, "the vault " + vaultHost + " did not answer in time");
      }
      if (cause instanceof UnknownHostException) {
        return fault(
            OutsideFault.Kind.UNREACHABLE,
            "the name of the vault "
                + vaultHost
                + " is not known; was it deleted, or does a private one lack its DNS zone?");
      }
      if (cause instanceof IOException) {
        return fault(OutsideFault.Kind.UNREACHABLE, "the vault " + vaultHost + " can't be reached");
      }
      cause = cause.getCause();
    }
    return null;
  }
}
