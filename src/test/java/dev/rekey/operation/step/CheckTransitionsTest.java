package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.cluster;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.finding;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.preflight.Finding;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.operation.step.DecisionTable.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CheckTransitionsTest {
  private static final KeyId OTHER_KEY =
      KeyId.parse("https://example.vault.azure.net/keys/other/v2", Cloud.PUBLIC);

  /** {@code target-key}: whether the target is a version of the key in use. */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          checked:    yes no
          kind:       ROTATE REENCRYPT CENSUS
          managed:    yes no
          arm:        Updating Succeeded Failed Canceled
          experience: VERSIONED_KEY NONE PLATFORM_MANAGED UNPROVED
          keyId:      from to elsewhere
          target-key: same other
          current:    fit disabled expired absent
          target:     fit disabled expired absent as-old older superseded unfit-superseded
          around:     sound advised unfit pool-at-work

          yes | *                | *   | *                         | *                | *            | *     | *                       | *                | *             | done: checks-passed

          no  | ROTATE           | no  | *                         | *                | *            | *     | *                       | *                | *             | never: a rotation needs ARM, so it is of a cluster that ARM knows
          no  | REENCRYPT CENSUS | no  | *                         | *                | *            | *     | *                       | *                | *             | act note-checked: recording

          no  | *                | yes | Updating                  | *                | *            | *     | *                       | *                | *             | wait 15s: cluster-busy
          no  | *                | yes | Succeeded Failed Canceled | NONE             | *            | *     | *                       | *                | *             | refuse: kms-off
          no  | *                | yes | Succeeded Failed Canceled | PLATFORM_MANAGED | *            | *     | *                       | *                | *             | refuse: platform-managed
          no  | *                | yes | Succeeded Failed Canceled | UNPROVED         | *            | *     | *                       | *                | *             | refuse: kms-version-unproved
          no  | *                | yes | Succeeded Failed Canceled | VERSIONED_KEY    | to elsewhere | *     | *                       | *                | *             | refuse: cluster-moved
          no  | REENCRYPT CENSUS | yes | Succeeded Failed Canceled | VERSIONED_KEY    | from         | *     | *                       | *                | *             | act note-checked: recording

          no  | ROTATE           | yes | Failed Canceled           | VERSIONED_KEY    | from         | *     | *                       | *                | *             | refuse: cluster-failed
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | other | *                       | *                | *             | refuse: target-of-another-key
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | disabled expired absent | *                | *             | refuse: current-key-unfit
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | fit                     | absent           | *             | refuse: target-not-found
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | fit                     | disabled expired | *             | refuse: target-unfit
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | fit                     | superseded unfit-superseded | *  | refuse: superseded
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | fit                     | as-old older     | *             | refuse: target-not-newer
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | fit                     | fit              | sound advised | act note-checked: recording
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | fit                     | fit              | unfit         | refuse: preflight-failed
          no  | ROTATE           | yes | Succeeded                 | VERSIONED_KEY    | from         | same  | fit                     | fit              | pool-at-work  | wait 60s: cluster-busy
          """);

  private final Check step = new Check();

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(147_456);
    assertThat(TABLE.possible()).isEqualTo(135_168);
    TABLE.assertDecides(this::decide);
  }

  @Test
  void k8_nothingBeginsOnAClusterInArmThatIsNotProvedToBeOnKmsV2WithAVersion() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (decision instanceof Decision.Act && situation.is("managed", "yes")) {
            assertThat(situation.of("experience")).isEqualTo("VERSIONED_KEY");
          }
        });
  }

  private Decision decide(Situation situation) {
    boolean managed = situation.is("managed", "yes");
    Progress progress =
        situation.is("checked", "yes") ? Progress.START.withChecked() : Progress.START;
    KeyId target = situation.is("target-key", "same") ? key(2) : OTHER_KEY;
    Operation operation =
        new Operation(
            "1",
            Kind.valueOf(situation.of("kind")),
            CLUSTER,
            ORIGIN,
            managed ? Route.of(key(1), target) : Route.UNKNOWN,
            NOW,
            progress);
    return step.decide(managed ? inArm(situation, operation, target) : facts(operation));
  }

  private static Facts inArm(Situation situation, Operation operation, KeyId target) {
    String keyId =
        switch (situation.of("keyId")) {
          case "from" -> key(1).url();
          case "to" -> target.url();
          default -> key(3).url();
        };
    KmsExperience experience = KmsExperience.valueOf(situation.of("experience"));
    return facts(operation)
        .with(cluster(experience, keyId, ETAG, situation.of("arm")))
        .withVersions(versions(situation))
        .withPreflight(around(situation));
  }

  private static List<Finding> around(Situation situation) {
    return switch (situation.of("around")) {
      case "advised" -> List.of(finding("vault-purge-protection", Verdict.WARNED));
      case "unfit" -> List.of(finding("vault-open-to-api-servers", Verdict.FAILED));
      case "pool-at-work" -> List.of(finding("no-operation-in-progress", Verdict.FAILED));
      default -> List.of(finding("cluster-running", Verdict.PASSED));
    };
  }

  private static List<KeyVersion> versions(Situation situation) {
    List<KeyVersion> versions = new ArrayList<>();
    switch (situation.of("current")) {
      case "fit" -> versions.add(version(1));
      case "disabled" -> versions.add(disabled(1));
      case "expired" -> versions.add(expiring(1, NOW));
      default -> {}
    }
    switch (situation.of("target")) {
      case "fit" -> versions.add(version(2));
      case "disabled" -> versions.add(disabled(2));
      case "expired" -> versions.add(expiring(2, NOW));
      case "as-old" -> versions.add(madeAfterTheCurrent(0));
      case "older" -> versions.add(madeAfterTheCurrent(-1));
      case "superseded" -> versions.addAll(List.of(version(2), version(3)));
      case "unfit-superseded" -> versions.addAll(List.of(disabled(2), version(3)));
      default -> {}
    }
    return versions;
  }

  private static KeyVersion madeAfterTheCurrent(int seconds) {
    return new KeyVersion(
        key(2),
        true,
        version(1).created().plusSeconds(seconds),
        null,
        null,
        "RSA",
        Set.of("encrypt", "decrypt"));
  }
}
