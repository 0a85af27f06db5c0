package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.CANARY;
import static dev.rekey.kubernetes.Fixtures.stream;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchAnswer.Busy;
import dev.rekey.reencryption.PatchAnswer.Gone;
import dev.rekey.reencryption.PatchAnswer.Refused;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every way in which an API server says no. */
class PatchAnswersTest {
  private static final String INTERNAL = "Internal error occurred: ";

  /** Status code, reason and message, and what is expected of it. */
  private record Row(int code, String reason, String message, PatchAnswer expected) {}

  private static Row row(int code, String reason, String message, PatchAnswer expected) {
    return new Row(code, reason, message, expected);
  }

  private static Refused refused(ExceptionReason reason, String by) {
    return new Refused(reason, by);
  }

  private static Refused refused(ExceptionReason reason) {
    return new Refused(reason, null);
  }

  private static Busy busy(BusyCause cause) {
    return new Busy(cause, null);
  }

  private static final List<Row> TABLE =
      List.of(
          // Denied by people's rules, under whatever code they chose.
          row(
              422,
              "Invalid",
              "secrets \"s\" is forbidden: ValidatingAdmissionPolicy 'p.example' with binding 'b' denied request: x",
              refused(ExceptionReason.DENIED_BY_POLICY, "p.example")),
          row(
              403,
              "Forbidden",
              "secrets \"s\" is forbidden: ValidatingAdmissionPolicy 'p' denied request: failed to configure policy: x",
              refused(ExceptionReason.DENIED_BY_POLICY, "p")),
          row(
              403,
              "Forbidden",
              "secrets \"s\" is forbidden: policy 'm' with binding 'b' denied request: x",
              refused(ExceptionReason.DENIED_BY_POLICY, "m")),
          row(
              422,
              "Invalid",
              "secrets \"s\" is forbidden: ValidatingAdmissionPolicy 'Not A Name' with binding 'b' denied request: x",
              refused(ExceptionReason.DENIED_BY_POLICY)),
          row(
              403,
              "Forbidden",
              "admission webhook \"w.example.com\" denied the request: x",
              refused(ExceptionReason.DENIED_BY_WEBHOOK, "w.example.com")),
          row(
              400,
              "",
              "admission webhook \"w.example.com\" denied the request without explanation",
              refused(ExceptionReason.DENIED_BY_WEBHOOK, "w.example.com")),
          row(
              429,
              "",
              "admission webhook \"w\" denied the request: storage is (re)initializing",
              refused(ExceptionReason.DENIED_BY_WEBHOOK, "w")),
          row(
              404,
              "NotFound",
              "admission webhook \"w\" denied the request: x",
              refused(ExceptionReason.DENIED_BY_WEBHOOK, "w")),
          row(
              500,
              "InternalError",
              "admission webhook \"w\" denied the request: no matching prefix found",
              refused(ExceptionReason.DENIED_BY_WEBHOOK, "w")),
          row(
              403,
              "Forbidden",
              "admission webhook \"" + "a".repeat(254) + "\" denied the request: x",
              refused(ExceptionReason.DENIED_BY_WEBHOOK)),
          row(
              403,
              "Forbidden",
              "admission webhook \"<script>\" denied the request: x",
              refused(ExceptionReason.DENIED_BY_WEBHOOK)),
          // A webhook with side effects isn't called for a dry run.
          row(
              400,
              "BadRequest",
              "admission webhook \"w.example.com\" does not support dry run",
              refused(ExceptionReason.DRY_RUN_UNSUPPORTED, "w.example.com")),
          // Not allowed.
          row(
              403,
              "Forbidden",
              "secrets \"s\" is forbidden: User \"u\" cannot patch resource \"secrets\" in API group \"\" in the namespace \"n\"",
              refused(ExceptionReason.FORBIDDEN)),
          row(403, "", "", refused(ExceptionReason.FORBIDDEN)),
          row(
              403,
              "Forbidden",
              "secrets \"s\" is forbidden: not yet ready to handle request",
              busy(BusyCause.UNAVAILABLE)),
          row(401, "Unauthorized", "Unauthorized", busy(BusyCause.UNAVAILABLE)),
          // The object or the request is no good.
          row(
              422,
              "Invalid",
              "Secret \"s\" is invalid: data[x]: Invalid value",
              refused(ExceptionReason.INVALID)),
          row(400, "BadRequest", "x", refused(ExceptionReason.REJECTED)),
          row(405, "MethodNotAllowed", "x", refused(ExceptionReason.REJECTED)),
          row(406, "NotAcceptable", "x", refused(ExceptionReason.REJECTED)),
          row(413, "RequestEntityTooLarge", "x", refused(ExceptionReason.REJECTED)),
          row(
              415,
              "UnsupportedMediaType",
              "415: Unsupported Media Type",
              refused(ExceptionReason.REJECTED)),
          // Can't be decrypted.
          row(
              500,
              "InternalError",
              INTERNAL + "no matching prefix found",
              refused(ExceptionReason.UNDECRYPTABLE)),
          row(
              500,
              "InternalError",
              INTERNAL + "got unexpected nil transformer",
              refused(ExceptionReason.UNDECRYPTABLE)),
          row(
              500,
              "InternalError",
              INTERNAL + "encryptedDEKSource with keyID hash \"sha256:0\" expired at 2026",
              refused(ExceptionReason.UNDECRYPTABLE)),
          row(
              500,
              "InternalError",
              INTERNAL + "unable to transform key \"/registry/secrets/n/s\": x",
              refused(ExceptionReason.UNDECRYPTABLE)),
          row(
              500,
              "InternalError",
              INTERNAL + "failed to decrypt DEK, error: x",
              refused(ExceptionReason.UNDECRYPTABLE)),
          row(
              500,
              "InternalError",
              INTERNAL + "identity transformer tried to read encrypted data",
              refused(ExceptionReason.UNDECRYPTABLE)),
          row(
              500,
              "StorageReadError",
              "failed to read one or more secrets from the storage",
              refused(ExceptionReason.UNDECRYPTABLE)),
          // A webhook that must answer does not.
          row(
              500,
              "InternalError",
              INTERNAL
                  + "failed calling webhook \"w.example.com\": failed to call webhook: no matching prefix found",
              refused(ExceptionReason.WEBHOOK_UNREACHABLE, "w.example.com")),
          row(
              500,
              "InternalError",
              INTERNAL + "failed calling webhook \"Not A Name\": x",
              refused(ExceptionReason.WEBHOOK_UNREACHABLE)),
          // Later.
          row(
              429,
              "TooManyRequests",
              "Too many requests, please try again later.",
              busy(BusyCause.THROTTLED)),
          row(
              429,
              "TooManyRequests",
              "storage is (re)initializing: failed to list *core.Secret: unable to transform key",
              busy(BusyCause.STORAGE_REINITIALISING)),
          row(
              409,
              "Conflict",
              "Operation cannot be fulfilled on secrets \"s\"",
              busy(BusyCause.UNAVAILABLE)),
          row(
              500,
              "InternalError",
              INTERNAL + "etcdserver: leader changed",
              busy(BusyCause.UNAVAILABLE)),
          row(500, "", "", busy(BusyCause.UNAVAILABLE)),
          row(502, "", "", busy(BusyCause.UNAVAILABLE)),
          row(503, "ServiceUnavailable", "x", busy(BusyCause.UNAVAILABLE)),
          row(504, "Timeout", "x", busy(BusyCause.UNAVAILABLE)),
          row(302, "", "", busy(BusyCause.UNAVAILABLE)));

  @TestFactory
  List<DynamicTest> eachRefusalHasOneMeaning() {
    return TABLE.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.code + " " + row.message + " => " + row.expected,
                    () ->
                        assertThat(
                                PatchAnswers.ofRefusal(
                                    row.code,
                                    Refusal.of(row.reason, row.message, "secrets", "s"),
                                    "s",
                                    null))
                            .isEqualTo(row.expected)))
        .toList();
  }

  /** Real bodies of kube-apiserver 1.36.3. */
  @TestFactory
  List<DynamicTest> eachRealBodyHasOneMeaning() {
    return List.of(
        real(401, "patch-401.json", busy(BusyCause.UNAVAILABLE)),
        real(403, "patch-403.json", refused(ExceptionReason.FORBIDDEN)),
        real(404, "patch-404.json", new Gone()),
        real(415, "patch-415.json", refused(ExceptionReason.REJECTED)),
        real(
            422,
            "patch-422-policy.json",
            refused(ExceptionReason.DENIED_BY_POLICY, "no-touch.example")),
        real(500, "patch-500-no-matching-prefix.json", refused(ExceptionReason.UNDECRYPTABLE)),
        real(
            500,
            "patch-500-webhook.json",
            refused(ExceptionReason.WEBHOOK_UNREACHABLE, "guard.example.com")));
  }

  private static DynamicTest real(int code, String file, PatchAnswer expected) {
    return DynamicTest.dynamicTest(
        file + " => " + expected,
        () -> {
          Refusal refusal = Refusal.read(stream(text(file)));
          assertThat(PatchAnswers.ofRefusal(code, refusal, "nope", null)).isEqualTo(expected);
          assertThat(refusal.toString()).doesNotContain(CANARY).doesNotContain("forbidden");
        });
  }

  @Test
  void a404ThatIsNotOfThisVerySecretNeverMakesItGone() {
    Busy later = busy(BusyCause.UNAVAILABLE);
    assertThat(of404("NotFound", "secrets", "s")).isEqualTo(new Gone());
    assertThat(of404("NotFound", "secrets", "other")).isEqualTo(later);
    assertThat(of404("NotFound", "namespaces", "s")).isEqualTo(later);
    assertThat(of404("", "", "")).isEqualTo(later);
  }

  private static PatchAnswer of404(String reason, String kind, String name) {
    return PatchAnswers.ofRefusal(404, Refusal.of(reason, "x", kind, name), "s", null);
  }

  @Test
  void theServersWishToWaitIsKept() {
    Duration wish = Duration.ofSeconds(3);
    assertThat(PatchAnswers.ofRefusal(429, Refusal.of("", "", "", ""), "s", wish))
        .isEqualTo(new Busy(BusyCause.THROTTLED, wish));
    assertThat(PatchAnswers.ofRefusal(503, Refusal.of("", "", "", ""), "s", wish))
        .isEqualTo(new Busy(BusyCause.UNAVAILABLE, wish));
  }

  @Test
  void noAnswerInTimeIsTimedOutAndABrokenConnectionIsLost() {
    assertThat(PatchAnswers.ofFailure(new SocketTimeoutException("x")))
        .isEqualTo(busy(BusyCause.TIMED_OUT));
    assertThat(PatchAnswers.ofFailure(new InterruptedIOException("timeout")))
        .isEqualTo(busy(BusyCause.TIMED_OUT));
    assertThat(PatchAnswers.ofFailure(new ConnectException("x")))
        .isEqualTo(busy(BusyCause.CONNECTION_LOST));
    assertThat(PatchAnswers.ofFailure(new IOException("x")))
        .isEqualTo(busy(BusyCause.CONNECTION_LOST));
  }

  @Test
  void noMoreOfABodyIsReadThanTheLimit() throws IOException {
    String endless = "{\"message\":\"" + CANARY.repeat(100_000);
    InputStream body = stream(endless);

    assertThat(Refusal.read(body).message()).isEmpty();
    assertThat(body.available()).isEqualTo(endless.length() - Refusal.MOST_BYTES);
  }
}
