package dev.rekey.keyvault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rekey.key.RotationPolicy;
import dev.rekey.key.VaultKey;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import dev.rekey.simulation.azure.http.AzureAnswer;
import dev.rekey.simulation.azure.http.AzureService;
import java.io.IOException;
import java.time.Duration;
import java.time.Period;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that a vault, or what stands before it, may give and that the simulation never does. */
class VaultAnswersTest {
  private static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final String ATTRIBUTES =
      "\"attributes\":{\"enabled\":true,\"created\":1,\"updated\":1}";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example/.vault.azure.net",
        "evil.example#.vault.azure.net",
        "evil.example?.vault.azure.net",
        "me@evil.example:443/.vault.azure.net",
        "a.b.vault.azure.net",
        ".vault.azure.net",
        "vault.azure.net",
        "example.vault.azure.net.evil.example",
        "example.vault.azure.net:8443"
      })
  void hostOnlyLooksLikeAVault_nothingIsSent(String host) throws IOException {
    try (VaultOverHttp vault = new VaultOverHttp(request -> json("{}"))) {
      VaultKey foreign = new VaultKey(host, "etcd");

      assertThat(fault(() -> vault.keys.versions(foreign)).kind()).isEqualTo(Kind.REJECTED);
      assertThat(fault(() -> vault.keys.rotate(foreign)).kind()).isEqualTo(Kind.REJECTED);
      assertThat(vault.transport.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://other.vault.azure.net/keys/etcd/versions?api-version=7.6",
        "https://evil.example/keys/etcd/versions",
        "https://example.vault.azure.net:8443/keys/etcd/versions"
      })
  void nextPageLiesElsewhere_isNotAskedThere(String link) throws IOException {
    try (VaultOverHttp vault =
        new VaultOverHttp(request -> json("{\"value\":[],\"nextLink\":\"" + link + "\"}"))) {

      assertThat(fault(() -> vault.keys.versions(KEY)).kind()).isEqualTo(Kind.MALFORMED);
      assertThat(vault.transport.requests())
          .allSatisfy(
              sent ->
                  assertThat(sent.getUrl().getAuthority()).isEqualTo("example.vault.azure.net"));
    }
  }

  @Test
  void nextPageLeadsBackToItself_theListIsGivenUp() throws IOException {
    String link = KEY + "/versions?api-version=7.6&$skiptoken=again";
    with(
        request -> json("{\"value\":[],\"nextLink\":\"" + link + "\"}"),
        vault ->
            assertThat(fault(() -> vault.keys.versions(KEY)).kind()).isEqualTo(Kind.MALFORMED));
  }

  @Test
  void listOfVersionsIsEmptyAndTheKeyIsNotThere_itIsNotFound() throws IOException {
    with(
        request ->
            request.path().endsWith("/versions")
                ? json("{\"value\":[],\"nextLink\":null}")
                : AzureAnswer.json(404, "{}"),
        vault ->
            assertThat(fault(() -> vault.keys.versions(KEY)).kind()).isEqualTo(Kind.NOT_FOUND));
  }

  /** What stands before a vault answers everything in the same way. */
  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"value\":[]}", "{\"value\":null}"})
  void listOfVersionsIsEmptyAndTheKeyIsNotDenied_isNotUnderstood(String body) throws IOException {
    with(
        request -> json(body),
        vault ->
            assertThat(fault(() -> vault.keys.versions(KEY)).kind()).isEqualTo(Kind.MALFORMED));
  }

  @Test
  void vaultShowsAnotherVersionThanTheAskedOne_isNotBelieved() throws IOException {
    AzureService service =
        request ->
            request.path().endsWith("/versions")
                ? json("{\"value\":[{\"kid\":\"" + KEY + "/1\"," + ATTRIBUTES + "}]}")
                : json(
                    "{\"key\":{\"kid\":\""
                        + KEY
                        + "/2\",\"kty\":\"RSA\",\"key_ops\":[\"encrypt\",\"decrypt\"]},"
                        + ATTRIBUTES
                        + "}");

    with(
        service,
        vault ->
            assertThat(fault(() -> vault.keys.versions(KEY)).kind()).isEqualTo(Kind.MALFORMED));
  }

  @ParameterizedTest
  @CsvSource({"429, BUSY", "503, BROKEN", "504, BROKEN", "500, BROKEN", "409, CONFLICT"})
  void rotationIsAnswered_isSentOnceAndBusyOnlyWhereNoVersionWasMade(int status, Kind kind)
      throws IOException {
    with(
        request -> AzureAnswer.json(status, "{}"),
        vault -> {
          assertThat(fault(() -> vault.keys.rotate(KEY)).kind()).isEqualTo(kind);
          assertThat(vault.requests).hasSize(1);
        });
  }

  @Test
  void rotationMayHaveTakenEffect_isSaid() throws IOException {
    with(
        request -> AzureAnswer.json(503, "{}"),
        vault ->
            assertThat(fault(() -> vault.keys.rotate(KEY)))
                .hasMessageContaining("whether a version was made is unknown"));
  }

  @ParameterizedTest
  @ValueSource(ints = {503, 504})
  void readIsAnsweredUnavailable_isBusy(int status) throws IOException {
    with(
        request -> AzureAnswer.json(status, "{}"),
        vault -> assertThat(fault(() -> vault.keys.versions(KEY)).kind()).isEqualTo(Kind.BUSY));
  }

  @Test
  void failureAsksForALongPause_theThreadDoesNotMakeIt() throws IOException {
    with(
        request -> AzureAnswer.json(500, "{}").with("Retry-After", "3600"),
        vault -> {
          assertThat(fault(() -> vault.keys.versions(KEY)).kind()).isEqualTo(Kind.BROKEN);
          assertThat(vault.requests).hasSize(1);
        });
  }

  @Test
  void vaultNeverAnswers_isTimedOut() throws IOException {
    CountDownLatch over = new CountDownLatch(1);
    AzureService silent =
        request -> {
          try {
            over.await();
          } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
          }
          return json("{}");
        };
    try (VaultOverHttp vault = new VaultOverHttp(silent, Duration.ofMillis(300))) {
      assertThat(fault(() -> vault.keys.rotate(KEY)).kind()).isEqualTo(Kind.TIMED_OUT);
      assertThat(vault.requests).hasSize(1);
    } finally {
      over.countDown();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"trigger\":{\"timeBeforeExpiry\":\"PT720H\"},\"action\":{\"type\":\"Notify\"}}",
        "{\"trigger\":{\"timeBeforeExpiry\":\"P-30D\"},\"action\":{\"type\":\"Rotate\"}}",
        "{\"trigger\":{\"timeBeforeExpiry\":\"P0D\"},\"action\":{\"type\":\"Rotate\"}}",
        "{\"trigger\":{},\"action\":{\"type\":\"Rotate\"}}",
        "{\"trigger\":{},\"action\":{\"type\":\"Notify\"}}",
        "{\"trigger\":{\"timeAfterCreate\":\"P30D\"},\"action\":{\"type\":\"Notify\"}}",
        "{\"trigger\":{\"timeAfterCreate\":\"P30D\"}}",
        "{\"action\":{\"type\":\"Rotate\"}}"
      })
  void policyHasAnActionThatCannotBeRead_isNotTakenForNone(String action) throws IOException {
    with(
        request -> json("{\"lifetimeActions\":[" + action + "]}"),
        vault ->
            assertThat(fault(() -> vault.keys.rotationPolicy(KEY)).kind())
                .isEqualTo(Kind.MALFORMED));
  }

  @Test
  void policyRotatesAtTwoTimes_bothAreKept() throws IOException {
    with(
        request ->
            json(
                "{\"lifetimeActions\":["
                    + "{\"trigger\":{\"timeAfterCreate\":\"P18M\"},\"action\":{\"type\":\"Rotate\"}},"
                    + "{\"trigger\":{\"timeBeforeExpiry\":\"P4W\"},\"action\":{\"type\":\"rotate\"}}]}"),
        vault ->
            assertThat(vault.keys.rotationPolicy(KEY))
                .isEqualTo(new RotationPolicy(null, Period.ofMonths(18), Period.ofWeeks(4))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"lifetimeActions\":[]}", "{\"lifetimeActions\":null}"})
  void keyHasNoPolicyOfItsOwn_isNone(String body) throws IOException {
    with(
        request -> json(body),
        vault -> assertThat(vault.keys.rotationPolicy(KEY)).isEqualTo(RotationPolicy.NONE));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"soon\"", "\"PT30M\"", "\"P0D\"", "\"P-1D\""})
  void policyHasAnExpiryTimeThatCannotBeRead_isNotTakenForNever(String time) throws IOException {
    with(
        request -> json("{\"attributes\":{\"expiryTime\":" + time + "}}"),
        vault ->
            assertThat(fault(() -> vault.keys.rotationPolicy(KEY)).kind())
                .isEqualTo(Kind.MALFORMED));
  }

  @Test
  void refusalQuotesSomethingElse_isNotRepeated() throws IOException {
    with(
        request ->
            AzureAnswer.json(
                403,
                "{\"error\":{\"code\":\"Forbidden\",\"message\":\"Action: 'hunter2 secret'\"}}"),
        vault ->
            assertThat(fault(() -> vault.keys.rotate(KEY)).getMessage())
                .doesNotContain("hunter2")
                .contains("keys/rotate/action"));
  }

  private static void with(AzureService service, Consumer<VaultOverHttp> test) throws IOException {
    try (VaultOverHttp vault = new VaultOverHttp(service)) {
      test.accept(vault);
    }
  }

  private static AzureAnswer json(String body) {
    return AzureAnswer.json(200, body);
  }

  private static OutsideFault fault(Runnable call) {
    return catchThrowableOfType(OutsideFault.class, call::run);
  }
}
