package dev.rekey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvidenceTextTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void secretsThatNobodyCanDecrypt_whatToTypeBringsTheirKeyVersionBack() {
    assertThat(text("census", 3, null, null))
        .contains("      seen: 3 that the API servers can't decrypt")
        .contains("      type: rekey recover-dropped-key --cluster ID");
    assertThat(text("census", 0, null, null)).doesNotContain("recover-dropped-key");
  }

  @Test
  void versionThatWasBroughtBack_isNamedWithWhatWasCountedBefore() {
    Evidence.BroughtBack counted =
        new Evidence.BroughtBack("https://v/keys/k/1", "ledger", 7, true);
    Evidence.BroughtBack not = new Evidence.BroughtBack("https://v/keys/k/1", null, 7, false);

    assertThat(text("recover-dropped-key", 0, counted, null))
        .contains("brought back       https://v/keys/k/1")
        .contains("7 could not be decrypted before it was current again")
        .contains("nothing lay under the version that this dropped: counted");
    assertThat(text("recover-dropped-key", 0, not, null))
        .contains("what lay under the version that this dropped could not be counted");
  }

  @Test
  void secretsUnderKmsV1_areToldWithWhoApprovedOnThat() {
    Evidence.FoundReadable found = new Evidence.FoundReadable(1_200, "somebody");

    assertThat(text("migrate-to-kms-v2", 0, null, found))
        .contains("found readable     1,200 before KMS v1 was turned off")
        .contains("approved by somebody");
  }

  @Test
  void keyThatArmDoesNotShow_isToldByWhatEachApiServerUses() {
    Evidence.KeysInUse keys =
        new Evidence.KeysInUse(
            List.of(
                new Evidence.ServerKeys("sha256:a", "sha256:2", NOW, List.of("sha256:2")),
                new Evidence.ServerKeys("sha256:b", null, null, List.of()),
                new Evidence.ServerKeys("sha256:c", "plain", null, List.of())),
            List.of(new Evidence.KeyVersionSeen("sha256:2", "https://v/keys/k/2", "predicted")));

    assertThat(text("census", 0, null, null, keys))
        .contains("keys in use        API server sha256:a")
        .contains("last wrote with sha256:2 at " + NOW)
        .contains("reads sha256:2")
        .contains("last wrote nothing since it started")
        .contains("last wrote plain")
        .contains("is https://v/keys/k/2 (predicted)");
    assertThat(text("reencrypt", 0, null, null, keys)).contains("keys in use");
    assertThat(text("census", 0, null, null)).doesNotContain("keys in use");
  }

  private static String text(
      String kind,
      long unknown,
      Evidence.@Nullable BroughtBack back,
      Evidence.@Nullable FoundReadable found) {
    return text(kind, unknown, back, found, null);
  }

  private static String text(
      String kind,
      long unknown,
      Evidence.@Nullable BroughtBack back,
      Evidence.@Nullable FoundReadable found,
      Evidence.@Nullable KeysInUse keys) {
    Evidence evidence =
        new Evidence(
            Evidence.SCHEMA,
            null,
            new Evidence.Identity(
                "1", kind, "prod", "http", "a", null, null, null, NOW, NOW, "completed"),
            new Evidence.Keys(null, null),
            null,
            new Evidence.Convergence("none", List.of()),
            new Evidence.Secrets(10, 0, 10, 0, 0, 0),
            new Evidence.Proof("counters", 10, 10, 0),
            new Evidence.Census(null, Map.of(), 0, unknown, null, List.of(), List.of()),
            null,
            List.of(),
            Map.of(),
            List.of(),
            back,
            found,
            keys,
            List.of(),
            List.of(),
            new Evidence.Verdict("none", "not-known"));
    return new EvidenceText(evidence).text();
  }
}
