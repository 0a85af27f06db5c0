package dev.rekey.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.exception.ClientAuthenticationException;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpRequest;
import com.azure.data.tables.models.TableServiceError;
import com.azure.data.tables.models.TableTransactionFailedException;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.service.port.OutsideSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StorageFaultsTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final String DOING = "read the table Rekey";
  private static final String SENTENCE =
      "can't read the table Rekey of the storage account rekeystore: ";

  private final StorageFaults faults =
      new StorageFaults(
          URI.create("https://rekeystore.table.core.windows.net"),
          StorageService.TABLES,
          () -> NOW);

  @ParameterizedTest
  @CsvSource({
    "302, MALFORMED",
    "400, REJECTED",
    "401, UNAUTHENTICATED",
    "403, FORBIDDEN",
    "404, NOT_FOUND",
    "408, TIMED_OUT",
    "409, CONFLICT",
    "412, CHANGED_MEANWHILE",
    "413, REJECTED",
    "429, BUSY",
    "500, BROKEN",
    "501, BROKEN",
    "503, BUSY",
    "504, BUSY"
  })
  void status_hasItsKindAndTheAccountIsNamed(int status, Kind kind) {
    OutsideFault fault = faults.of(DOING, answered(status, Map.of()));

    assertThat(fault.kind()).isEqualTo(kind);
    assertThat(fault.system()).isEqualTo(OutsideSystem.STORAGE);
    assertThat(fault).hasMessageStartingWith(SENTENCE).hasMessageContaining("(" + status);
  }

  @ParameterizedTest
  @CsvSource({
    "AuthorizationPermissionMismatch, FORBIDDEN",
    "EntityAlreadyExists, CONFLICT",
    "UpdateConditionNotSatisfied, CHANGED_MEANWHILE",
    "ResourceNotFound, NOT_FOUND",
    "OperationTimedOut, BROKEN",
    "ServerBusy, BUSY",
    "PropertyValueTooLarge, REJECTED"
  })
  void codeOfAWriteWithinATransaction_standsForItsStatus(String code, Kind kind) {
    RuntimeException failure =
        new TableTransactionFailedException("", null, new TableServiceError(code, ""), 0);

    assertThat(faults.of(DOING, failure).kind()).isEqualTo(kind);
    assertThat(faults.of(DOING, failure)).hasMessageContaining(code);
  }

  @Test
  void roleIsMissing_itIsNamed() {
    assertThat(forbidden(faults, "AuthorizationPermissionMismatch"))
        .contains("give it the role Storage Table Data Contributor");
    StorageFaults ofQueues =
        new StorageFaults(
            URI.create("https://rekeystore.queue.core.windows.net"),
            StorageService.QUEUES,
            () -> NOW);
    assertThat(forbidden(ofQueues, "AuthorizationPermissionMismatch"))
        .contains("give it the role Storage Queue Data Contributor");
  }

  @Test
  void firewallRefuses_itIsSaidBeforeTheRole() {
    assertThat(forbidden(faults, "AuthorizationFailure")).contains("firewall");
  }

  private static String forbidden(StorageFaults faults, String code) {
    return faults.of(DOING, answered(403, Map.of("x-ms-error-code", code))).getMessage();
  }

  @ParameterizedTest
  @CsvSource({
    "Retry-After, 7, PT7S",
    "retry-after-ms, 250, PT0.25S",
    "x-ms-retry-after-ms, 1500, PT1.5S",
    "Retry-After, 'Sun, 01 Mar 2026 12:00:30 GMT', PT30S",
    "Retry-After, 'Sun, 01 Mar 2026 11:00:00 GMT', PT0S",
    "Retry-After, soon,",
    "Retry-After, -5,",
    "Retry-After, 99999999999999,"
  })
  void timeToWait_isUnderstoodOrLeftOut(String header, String value, Duration wait) {
    assertThat(faults.of(DOING, answered(503, Map.of(header, value))).retryAfter()).isEqualTo(wait);
  }

  @Test
  void wireFails_itsKindTellsHow() {
    assertThat(wire(new HttpTimeoutException("")).kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(wire(new HttpConnectTimeoutException("")).kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(wire(new ConnectException()).kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(wire(new SSLHandshakeException(""))).hasMessageContaining("TLS");
    assertThat(faults.of(DOING, new RuntimeException(new TimeoutException())).kind())
        .isEqualTo(Kind.TIMED_OUT);
  }

  private OutsideFault wire(IOException failure) {
    return faults.of(DOING, new RuntimeException(new UncheckedIOException(failure)));
  }

  @Test
  void noTokenIsToBeHad_itIsSaid() {
    OutsideFault fault =
        faults.of(
            DOING, new ClientAuthenticationException("tenant secret", response(400, Map.of())));

    assertThat(fault.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(fault).hasMessageContaining("no token").hasMessageNotContaining("secret");
  }

  @Test
  void whatTheOtherSideSent_isNotQuoted() {
    for (String code : List.of("Evil <script>", "x".repeat(200), "")) {
      assertThat(faults.of(DOING, answered(400, Map.of("x-ms-error-code", code))))
          .hasMessage(SENTENCE + "it refuses the request (400)");
    }
  }

  @Test
  void mistakeOfOurs_isNoFaultOfTheOutside() {
    IllegalStateException ours = new IllegalStateException();

    assertThatThrownBy(() -> faults.of(DOING, ours)).isSameAs(ours);
  }

  private static HttpResponseException answered(int status, Map<String, String> headers) {
    return new HttpResponseException("what they said", response(status, headers));
  }

  private static CannedAnswer response(int status, Map<String, String> headers) {
    HttpRequest request =
        new HttpRequest(HttpMethod.GET, "https://rekeystore.table.core.windows.net");
    return new CannedAnswer(request, status, headers, "what they said");
  }
}
