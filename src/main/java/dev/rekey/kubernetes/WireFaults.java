package dev.rekey.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.jspecify.annotations.Nullable;

/**
 * Turns what goes wrong with a request, other than a patch, into a fault. The only place that
 * decides its kind.
 */
final class WireFaults {
  private final String host;

  /**
   * @param host host and port, for messages
   */
  WireFaults(String host) {
    this.host = host;
  }

  /** An answer with another status code than 200. */
  OutsideFault ofRefusal(Asked asked, int code, Refusal refusal, @Nullable Duration retryAfter) {
    return switch (code) {
      case 401 ->
          fault(
              Kind.UNAUTHENTICATED,
              asked,
              "the credential isn't accepted (401); log in again and look with `kubectl auth whoami`");
      case 403 ->
          fault(
              Kind.FORBIDDEN,
              asked,
              "the identity lacks a right (403); look with `kubectl auth can-i "
                  + asked.right()
                  + "` and grant it with a ClusterRole and a ClusterRoleBinding");
      case 404 ->
          fault(
              Kind.NOT_FOUND,
              asked,
              "there is no such path (404); see that `server` in the kubeconfig is the API "
                  + "server's own address");
      case 408 -> fault(Kind.TIMED_OUT, asked, "it did not finish in time (408)");
      case 409 -> fault(Kind.CONFLICT, asked, "another change is under way (409)");
      case 410 ->
          new OutsideFault(
              OutsideSystem.API_SERVER,
              Kind.EXPIRED_CONTINUE,
              sentence(asked, "the list took so long that its continue token has expired (410)"),
              null,
              refusal.freshContinue());
      case 412 -> fault(Kind.CHANGED_MEANWHILE, asked, "it has changed meanwhile (412)");
      case 429 ->
          busy(
              asked,
              ServerTexts.isStorageReinitialising(refusal)
                  ? "its storage is re-initialising (429)"
                  : "it asks for fewer requests (429)",
              retryAfter);
      case 503, 504 -> busy(asked, "it is unavailable for now (" + code + ")", retryAfter);
      default -> ofOther(asked, code, refusal);
    };
  }

  private OutsideFault ofOther(Asked asked, int code, Refusal refusal) {
    if (code == 500 && ServerTexts.isDecryption(refusal)) {
      return fault(
          Kind.UNDECRYPTABLE,
          asked,
          "a stored Secret can't be decrypted (500); the key version that it was written under "
              + "is not in a slot, or can't be used");
    }
    if (code >= 500) {
      return fault(Kind.BROKEN, asked, "it fails (" + code + "); its own log says why");
    }
    // What a proxy says: whoever asked must not think that the API server refused something.
    return code < 400
        ? fault(Kind.MALFORMED, asked, "its answer isn't one of an API server (" + code + ")")
        : fault(Kind.REJECTED, asked, "it refuses the request (" + code + ")");
  }

  /** A request without an answer. */
  OutsideFault ofFailure(Asked asked, IOException failure) {
    if (failure instanceof CredentialUnavailable) {
      return fault(Kind.UNAUTHENTICATED, asked, String.valueOf(failure.getMessage()));
    }
    if (failure instanceof ConnectionChanged) {
      return fault(
          Kind.UNREACHABLE,
          asked,
          "the connection changed in between, so it isn't known which API server answered");
    }
    if (failure instanceof InterruptedIOException) {
      return fault(Kind.TIMED_OUT, asked, "it did not answer in time");
    }
    return fault(Kind.UNREACHABLE, asked, reason(failure));
  }

  private static String reason(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return "its name is not found; a private cluster's is known only inside its network";
    }
    if (failure instanceof ConnectException) {
      return "it takes no connection; see that the cluster runs and that this machine's address "
          + "is among its authorised ranges";
    }
    if (failure instanceof SSLHandshakeException || failure instanceof SSLPeerUnverifiedException) {
      return "no TLS connection comes about: one side does not trust the other's certificate, "
          + "or it is for another name;"
          + " see certificate-authority-data, client-certificate-data and tls-server-name in "
          + "the kubeconfig";
    }
    return "the connection broke";
  }

  /** An answer that broke off or isn't what was asked for. */
  OutsideFault ofBody(Asked asked, IOException failure) {
    if (failure instanceof NotUnderstood) {
      return fault(Kind.MALFORMED, asked, "its answer can't be used: " + failure.getMessage());
    }
    if (failure instanceof JsonProcessingException
        || failure instanceof EOFException
        || failure instanceof ProtocolException) {
      // Without Jackson's message: it quotes what it read.
      return fault(Kind.MALFORMED, asked, "its answer ends early or isn't what was asked for");
    }
    return ofFailure(asked, failure);
  }

  private OutsideFault busy(Asked asked, String why, @Nullable Duration retryAfter) {
    return new OutsideFault(
        OutsideSystem.API_SERVER, Kind.BUSY, sentence(asked, why), retryAfter, null);
  }

  private OutsideFault fault(Kind kind, Asked asked, String why) {
    return new OutsideFault(OutsideSystem.API_SERVER, kind, sentence(asked, why));
  }

  private String sentence(Asked asked, String why) {
    return "can't " + asked.doing() + " at the API server " + host + ": " + why;
  }
}
