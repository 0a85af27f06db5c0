package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Decision;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.Openness;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Pending;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.ShownKms;
import dev.rekey.operation.StepName;
import dev.rekey.operation.StepReport;
import dev.rekey.operation.VaultResource;
import dev.rekey.operation.step.DecisionTable.Situation;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateVaultTransitionsTest {
  private static final String VAULT = "/subscriptions/s/vaults/v";

  /**
   * {@code asked}: whether ARM was asked a moment ago, and whether it answered. {@code ready}: when
   * the vault was last seen as it shall be.
   */
  private static final DecisionTable TABLE =
      DecisionTable.of(
          """
          to:    PUBLIC PRIVATE
          kms:   off on-as-wanted on-as-before elsewhere
          vault: ALL_NETWORKS SELECTED_NETWORKS CLOSED
          asked: not just unanswered
          ready: never just-now before before-a-retry

          *       | on-as-wanted           | *                              | *              | *                    | done: key-already-moved
          *       | on-as-before elsewhere | *                              | *              | *                    | stall: cluster-on-another-key
          PUBLIC  | off                    | ALL_NETWORKS                   | *              | *                    | done: vault-ready
          PUBLIC  | off                    | SELECTED_NETWORKS              | *              | *                    | stall: vault-firewalled
          PUBLIC  | off                    | CLOSED                         | *              | just-now             | wait 15s: vault-changing
          PUBLIC  | off                    | CLOSED                         | *              | before               | stall: vault-moved-back
          PUBLIC  | off                    | CLOSED                         | not unanswered | never before-a-retry | act update-vault: changing-vault
          PUBLIC  | off                    | CLOSED                         | just           | never before-a-retry | wait 15s: vault-changing
          PRIVATE | off                    | CLOSED                         | *              | *                    | done: vault-ready
          PRIVATE | off                    | ALL_NETWORKS SELECTED_NETWORKS | *              | just-now             | wait 15s: vault-changing
          PRIVATE | off                    | ALL_NETWORKS SELECTED_NETWORKS | *              | before               | stall: vault-moved-back
          PRIVATE | off                    | ALL_NETWORKS SELECTED_NETWORKS | not unanswered | never before-a-retry | act update-vault: changing-vault
          PRIVATE | off                    | ALL_NETWORKS SELECTED_NETWORKS | just           | never before-a-retry | wait 15s: vault-changing
          """);

  @Test
  void everyCombination_isDecidedAsTheTableSays() {
    assertThat(TABLE.size()).isEqualTo(288);
    TABLE.assertDecides(this::decide);
  }

  @Test
  void theVaultIsNeverChangedWhileKmsIsOn() {
    TABLE.forEach(
        this::decide,
        (situation, decision) -> {
          if (decision instanceof Decision.Act) {
            assertThat(situation.of("kms")).isEqualTo("off");
          }
        });
  }

  private Decision decide(Situation situation) {
    KmsSettings publicly = KmsSettings.of(key(1));
    KmsSettings privately = KmsSettings.ofPrivate(key(1), VAULT);
    boolean closes = situation.is("to", "PRIVATE");
    KmsSettings before = closes ? publicly : privately;
    KmsSettings after = closes ? privately : publicly;
    Operation operation =
        new Operation(
            "1",
            Kind.CHANGE_VAULT_ACCESS,
            CLUSTER,
            ORIGIN,
            Route.of(before, KmsSettings.OFF, after),
            NOW,
            progress(situation));
    Facts facts =
        facts(operation)
            .with(cluster(shown(situation, before, after)))
            .with(new VaultResource(VAULT, Openness.valueOf(situation.of("vault"))));
    return new UpdateVault().decide(facts);
  }

  private static Progress progress(Situation situation) {
    Progress second =
        Progress.START
            .withChecked()
            .recorded(
                new Evidence.Phase(
                    "disable",
                    new Evidence.Secrets(0, 0, 0, 0, 0, 0),
                    new Evidence.Proof("counters", 0, 0, 0)));
    Progress seen = ready(second, situation.of("ready"));
    return situation.is("asked", "not")
        ? seen
        : seen.with(pending(situation.is("asked", "just") ? 0 : 1));
  }

  private static Progress ready(Progress second, String when) {
    return switch (when) {
      case "never" -> second;
      case "just-now" -> second.with(report(NOW.minusSeconds(30)));
      case "before" -> second.with(report(NOW.minusSeconds(3600)));
      default -> second.with(report(NOW.minusSeconds(3600))).retried(NOW.minusSeconds(5));
    };
  }

  private static StepReport report(Instant endedAt) {
    return new StepReport(8, StepName.UPDATE_VAULT, Reason.VAULT_READY, endedAt, endedAt);
  }

  private static Pending pending(int faults) {
    return new Pending(
        8,
        StepName.UPDATE_VAULT,
        NOW,
        Pending.Doing.ACTING,
        Reason.CHANGING_VAULT,
        NOW,
        null,
        faults);
  }

  private static ShownKms shown(Situation situation, KmsSettings before, KmsSettings after) {
    return switch (situation.of("kms")) {
      case "off" -> ShownKms.OFF;
      case "on-as-wanted" -> shown(after);
      case "on-as-before" -> shown(before);
      default -> ShownKms.on(key(3).url());
    };
  }

  private static ShownKms shown(KmsSettings settings) {
    boolean isPrivate = settings.access() == NetworkAccess.PRIVATE;
    return new ShownKms(true, key(1).url(), settings.access().token(), isPrivate ? VAULT : "");
  }

  private static ManagedCluster cluster(ShownKms kms) {
    KmsExperience experience = kms.enabled() ? KmsExperience.VERSIONED_KEY : KmsExperience.NONE;
    return new ManagedCluster(
        CLUSTER, "/id", experience, kms, "1.33.5", "now", "Succeeded", Map.of());
  }
}
