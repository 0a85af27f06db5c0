package dev.rekey.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.rekey.fuzz.Canary;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.SecretsPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Whatever an API server answers, or what stands before it. */
class ApiServerAnswersFuzzTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final WireFaults FAULTS = new WireFaults("api.example:443");
  private static final List<Integer> CODES =
      List.of(
          200, 302, 400, 401, 403, 404, 405, 408, 409, 410, 412, 415, 422, 429, 500, 502, 503, 504);

  @FuzzTest
  void anyMetrics_areASampleOrNotUnderstood(byte[] body) {
    readOrFault(
        () -> {
          ReplicaSample sample = EncryptionMetrics.read(new ByteArrayInputStream(body));
          assertThat(sample.replica()).isNotEmpty();
          assertThat(sample.reads().values()).allMatch(count -> count >= 0);
          assertThat(sample.writes().values()).allMatch(count -> count >= 0);
          assertThat(sample.plainReads()).isNotNegative();
          assertThat(sample.plainWrites()).isNotNegative();
          assertThat(sample.failedReads()).isNotNegative();
        });
  }

  @FuzzTest
  void anyTable_isNamesAloneOrNotUnderstood(byte[] body) {
    readOrFault(() -> Tables.read(body));
  }

  /** In a class of its own: see {@code KeyEventFuzzTest}. */
  private static final class Tables {
    static void read(byte[] body) throws IOException {
      NameTable table = NameTable.read(new ByteArrayInputStream(body));
      assertThat(table.names()).doesNotContain("");
      SecretsPage.Names page = (SecretsPage.Names) table.secrets("team-a");
      assertThat(page.secrets()).hasSameSizeAs(table.names());
      page.secrets().forEach(secret -> secret.isMovedBy(table.resourceVersion() + "0"));
    }
  }

  @FuzzTest
  void anyAnswerToAPatch_isAVersionOrAReason(byte[] body) {
    PatchAnswer answer;
    try {
      answer = new PatchAnswer.Patched(PatchedVersion.read(new ByteArrayInputStream(body), "s1"));
    } catch (IOException failure) {
      answer = PatchAnswers.ofFailure(failure);
      Canary.notIn(answer.toString());
    }
    if (answer instanceof PatchAnswer.Patched patched) {
      assertThat(patched.resourceVersion()).isNotEmpty();
      new SecretRef("team-a", "s1", "1").isMovedBy(patched.resourceVersion());
    }
  }

  @FuzzTest
  void anyLeases_areReadOrNotUnderstood(byte[] body) {
    readOrFault(
        () -> {
          for (ReplicaLease lease : Leases.read(new ByteArrayInputStream(body))) {
            assertThat(lease.replica()).matches("sha256:[0-9a-f]{64}");
            assertThat(Duration.between(lease.renewedAt(), NOW)).isNotNull();
          }
        });
  }

  @FuzzTest
  void anyRefusal_isClassifiedWithoutAWordOfIt(byte[] body) throws IOException {
    Refusal refusal = Refusal.read(new ByteArrayInputStream(body));
    for (int code : CODES) {
      Canary.notIn(PatchAnswers.ofRefusal(code, refusal, "s1", null).toString());
      OutsideFault fault = FAULTS.ofRefusal(Asked.secrets("team-a"), code, refusal, null);
      Canary.notIn(fault);
      SecretsPage.StoppedAt stop = UndecryptableInList.stop(refusal, "team-a", null, fault);
      if (stop != null) {
        Canary.notIn(stop.toString());
      }
    }
  }

  @FuzzTest
  void anyTokenOfAList_leadsOnBehindTheSecret(byte[] token) {
    String next = ContinueToken.behind("s1", text(token));

    assertThat(next).matches("[A-Za-z0-9_-]+");
    assertThat(ContinueToken.behind("s1", next)).isEqualTo(next);
  }

  @FuzzTest
  void anyRetryAfter_isATimeOrNone(byte[] header) {
    Duration pause = RetryAfter.parse(text(header), NOW);

    assertThat(pause == null || !pause.isNegative()).isTrue();
  }

  private static String text(byte[] input) {
    return new String(input, StandardCharsets.UTF_8);
  }

  private interface Reading {
    void read() throws IOException;
  }

  private static void readOrFault(Reading reading) {
    try {
      reading.read();
    } catch (IOException failure) {
      Canary.notIn(FAULTS.ofBody(Asked.METRICS, failure));
    }
  }
}
