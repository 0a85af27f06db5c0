package dev.rekey.cli;

import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.finding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.SecretsPlan;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.Estimate;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.SecretException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FindingsTextTest {
  private static final Finding FAILED = finding("identity-exists", Verdict.FAILED);
  private static final Finding PASSED = finding("cluster-running", Verdict.PASSED);

  @Test
  void findings_whatFailsComesFirstWithWhatToTypeAndWhatPassedIsOneLine() {
    assertThat(FindingsText.of(List.of(PASSED, FAILED)))
        .isEqualTo(
            """
            failed  identity-exists: seen of identity-exists
              expected: better
                  type: type this
                   see: https://docs

            ok      cluster-running: seen of cluster-running
            """);
  }

  @Test
  void secretsInTheWay_areCountedByReasonAndAFewNamed() {
    assertThat(SecretsPlanText.of(new SecretsPlan(scan(3_000), estimate(), null), null))
        .contains("looked at 3,000 of 3,000: 7 would not be rewritten, 0 can't be told")
        .contains("7 denied-by-policy: a validating admission policy denies the update")
        .contains("  team/s (freeze)")
        .contains("  and 6 more");
  }

  @Test
  void secretsThatCantBeDecrypted_whatToTypeNamesTheClusterWhereItIsKnown() {
    SecretsPlan plan = new SecretsPlan(undecryptable(12), estimate(), null);

    assertThat(SecretsPlanText.of(plan, "/subscriptions/s"))
        .contains("12 undecryptable: the API server can't decrypt the stored object")
        .endsWith(
            """

                  seen: 12 that the API servers can't decrypt
              expected: the key version that each lies under is in one of AKS' two slots
                  type: rekey recover-dropped-key --cluster /subscriptions/s
                        It looks which version is missing, shows its plan, and asks before it changes
                        anything.
            """);
    assertThat(SecretsPlanText.of(plan, null))
        .contains("type: rekey recover-dropped-key --cluster ID")
        .contains("anything. ID is the cluster's ARM id; by a kubeconfig alone it can't be done.");
  }

  private static DryScan undecryptable(long count) {
    SecretException one = new SecretException("team", "s", ExceptionReason.UNDECRYPTABLE, null);
    return new DryScan(
        100, 100, Map.of(ExceptionReason.UNDECRYPTABLE, new DryScan.Some(count, List.of(one))));
  }

  @Test
  void exitCode_refusalBeforeSecretsBeforeNothing() {
    SecretsPlan inTheWay = new SecretsPlan(scan(3_000), estimate(), null);
    SecretsPlan unfinished = new SecretsPlan(new DryScan(10, 5, Map.of()), estimate(), null);
    SecretsPlan sound = new SecretsPlan(new DryScan(10, 10, Map.of()), estimate(), null);
    SecretsPlan unlisted = new SecretsPlan(null, null, "no answer");

    assertThat(ExitCode.ofFindings(List.of(FAILED), sound)).isEqualTo(ExitCode.REFUSED);
    assertThat(ExitCode.ofFindings(List.of(PASSED), inTheWay)).isEqualTo(ExitCode.NOT_YET);
    assertThat(ExitCode.ofFindings(List.of(PASSED), unfinished)).isEqualTo(ExitCode.NOT_YET);
    assertThat(ExitCode.ofFindings(List.of(PASSED), unlisted)).isEqualTo(ExitCode.FAILED);
    assertThat(ExitCode.ofFindings(List.of(PASSED), sound)).isEqualTo(ExitCode.DONE);
  }

  private static DryScan scan(long secrets) {
    SecretException one =
        new SecretException("team", "s", ExceptionReason.DENIED_BY_POLICY, "freeze");
    return new DryScan(
        secrets,
        secrets,
        Map.of(ExceptionReason.DENIED_BY_POLICY, new DryScan.Some(7, List.of(one))));
  }

  private static Estimate estimate() {
    return new Estimate(NOW, 3_000, 2, 200, 1_000);
  }
}
