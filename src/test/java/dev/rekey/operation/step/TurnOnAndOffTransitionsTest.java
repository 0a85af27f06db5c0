package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.finding;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.ledger;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.ShownKms;
import dev.rekey.operation.Update;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Scrape;
import dev.rekey.reencryption.ServerState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The steps that decide otherwise where KMS is turned on or off. */
class TurnOnAndOffTransitionsTest {
  /** {@code key}: the one to turn on with, or the one in use. */
  private static final DecisionTable CHECK =
      DecisionTable.of(
          """
          kind:       ENABLE DISABLE
          arm:        Updating Succeeded Failed
          experience: VERSIONED_KEY NONE PLATFORM_MANAGED UNPROVED
          keyId:      from elsewhere
          kubernetes: 1.27.0 1.26.9
          key:        fit disabled absent
          around:     sound unfit

          *       | Updating         | *                | *         | *      | *               | *      | wait 15s: cluster-busy
          *       | Succeeded Failed | PLATFORM_MANAGED | *         | *      | *               | *      | refuse: platform-managed
          *       | Succeeded Failed | UNPROVED         | *         | *      | *               | *      | refuse: kms-version-unproved

          ENABLE  | Succeeded Failed | VERSIONED_KEY    | *         | *      | *               | *      | refuse: kms-already-on
          ENABLE  | Failed           | NONE             | *         | *      | *               | *      | refuse: cluster-failed
          ENABLE  | Succeeded        | NONE             | *         | 1.26.9 | *               | *      | refuse: kubernetes-too-old
          ENABLE  | Succeeded        | NONE             | *         | 1.27.0 | absent          | *      | refuse: target-not-found
          ENABLE  | Succeeded        | NONE             | *         | 1.27.0 | disabled        | *      | refuse: target-unfit
          ENABLE  | Succeeded        | NONE             | *         | 1.27.0 | fit             | sound  | act note-checked: recording
          ENABLE  | Succeeded        | NONE             | *         | 1.27.0 | fit             | unfit  | refuse: preflight-failed

          DISABLE | Succeeded Failed | NONE             | *         | *      | *               | *      | refuse: kms-off
          DISABLE | Succeeded Failed | VERSIONED_KEY    | elsewhere | *      | *               | *      | refuse: cluster-moved
          DISABLE | Failed           | VERSIONED_KEY    | from      | *      | *               | *      | refuse: cluster-failed
          DISABLE | Succeeded        | VERSIONED_KEY    | from      | *      | disabled absent | *      | refuse: current-key-unfit
          DISABLE | Succeeded        | VERSIONED_KEY    | from      | *      | fit             | sound  | act note-checked: recording
          DISABLE | Succeeded        | VERSIONED_KEY    | from      | *      | fit             | unfit  | refuse: preflight-failed
          """);

  /** To turn KMS off. {@code seen}: whether all live API servers answered. */
  private static final DecisionTable UPDATE =
      DecisionTable.of(
          """
          kms:    on off elsewhere
          arm:    Updating Succeeded Failed
          update: none just ago
          proof:  holds of-another-etag of-plain none
          key:    fit disabled absent
          seen:   all not-all

          *         | Updating         | *        | *                             | *               | *       | wait 10s: cluster-busy
          off       | Succeeded        | *        | *                             | *               | *       | done: key-id-updated
          elsewhere | Succeeded Failed | *        | *                             | *               | *       | stall: cluster-on-another-key
          on off    | Failed           | none     | *                             | *               | *       | stall: cluster-failed

          on        | Succeeded        | none     | *                             | disabled absent | *       | stall: current-key-unfit
          on        | Succeeded        | none     | *                             | fit             | not-all | wait 10s: replica-not-seen
          on        | Succeeded        | none     | holds                         | fit             | all     | act update v1 to off at now: sending-update
          on        | Succeeded        | none     | of-another-etag of-plain none | fit             | all     | wait 0s: cluster-busy

          on        | Succeeded Failed | just ago | *                             | disabled absent | *       | stall: current-key-unfit
          on        | Succeeded Failed | just ago | *                             | fit             | not-all | wait 10s: replica-not-seen
          on        | Succeeded Failed | just     | *                             | fit             | all     | wait 1s: cluster-busy
          on        | Succeeded Failed | ago      | holds                         | fit             | all     | act update v1 to off at now: sending-update
          on        | Succeeded Failed | ago      | of-another-etag of-plain none | fit             | all     | wait 0s: cluster-busy

          off       | Failed           | just ago | *                             | disabled absent | *       | stall: current-key-unfit
          off       | Failed           | just ago | *                             | fit             | not-all | wait 10s: replica-not-seen
          off       | Failed           | just     | *                             | fit             | all     | wait 1s: cluster-busy
          off       | Failed           | ago      | *                             | fit             | all     | act update off to off at now: sending-update
          """);

  /**
   * Whether all API servers write plain after an update. {@code before}: whether it is known how
   * they ran before it. {@code one}, {@code other}: how each of two runs now.
   */
  private static final DecisionTable CONVERGE =
      DecisionTable.of(
          """
          before: known unknown
          seen:   all not-all
          one:    as-before restarted reloaded
          other:  as-before restarted reloaded

          *       | not-all | *                  | *                  | wait 10s: replica-not-seen
          known   | all     | as-before          | *                  | wait 10s: replica-runs-as-before
          known   | all     | restarted reloaded | as-before          | wait 10s: replica-runs-as-before
          known   | all     | restarted          | reloaded           | wait 10s: replicas-read-different-keys
          known   | all     | reloaded           | restarted          | wait 10s: replicas-read-different-keys
          known   | all     | restarted          | restarted          | done: converged
          known   | all     | reloaded           | reloaded           | done: converged
          unknown | all     | as-before restarted | as-before restarted | done: converged
          unknown | all     | reloaded           | reloaded           | done: converged
          unknown | all     | as-before restarted | reloaded          | wait 10s: replicas-read-different-keys
          unknown | all     | reloaded           | as-before restarted | wait 10s: replicas-read-different-keys
          """);

  @Test
  void everyCombinationAtTheCheck_isDecidedAsTheTableSays() {
    assertThat(CHECK.size()).isEqualTo(576);
    CHECK.assertDecides(this::check);
  }

  @Test
  void everyCombinationOfAnUpdate_isDecidedAsTheTableSays() {
    assertThat(UPDATE.size()).isEqualTo(648);
    UPDATE.assertDecides(this::update);
  }

  @Test
  void k2_kmsIsTurnedOffOnlyWhereAllIsProvedForThisETag() {
    UPDATE.forEach(
        this::update,
        (situation, decision) -> {
          if (decision instanceof Decision.Act && situation.is("kms", "on")) {
            assertThat(situation.of("proof")).isEqualTo("holds");
          }
        });
  }

  @Test
  void everyCombinationOfServers_isDecidedAsTheTableSays() {
    assertThat(CONVERGE.size()).isEqualTo(36);
    CONVERGE.assertDecides(this::converge);
  }

  @Test
  void s1_noServerThatRunsAsBeforeTheUpdateCountsAsOneThatWritesPlain() {
    CONVERGE.forEach(
        this::converge,
        (situation, decision) -> {
          if (decision instanceof Decision.Done && situation.is("before", "known")) {
            assertThat(situation.values()).doesNotContainValue("as-before");
          }
        });
  }

  private Decision check(Situation situation) {
    boolean on = situation.is("experience", "VERSIONED_KEY", "UNPROVED");
    ShownKms kms =
        on ? ShownKms.on(key(situation.is("keyId", "from") ? 1 : 3).url()) : ShownKms.OFF;
    Kind kind = Kind.valueOf(situation.of("kind"));
    Facts facts =
        facts(operation(kind, Progress.START))
            .with(
                cluster(
                    KmsExperience.valueOf(situation.of("experience")),
                    kms,
                    situation.of("kubernetes"),
                    situation.of("arm")))
            .withVersions(versions(situation))
            .withPreflight(
                List.of(
                    finding(
                        "vault-open-to-api-servers",
                        situation.is("around", "sound") ? Verdict.PASSED : Verdict.FAILED)));
    return new Check().decide(facts);
  }

  private Decision update(Situation situation) {
    ShownKms kms =
        switch (situation.of("kms")) {
          case "on" -> ShownKms.on(key(1).url());
          case "off" -> ShownKms.OFF;
          default -> ShownKms.on(key(3).url());
        };
    KmsExperience experience = kms.enabled() ? KmsExperience.VERSIONED_KEY : KmsExperience.NONE;
    Progress progress = Progress.START.withChecked();
    if (!situation.is("update", "none")) {
      Instant sent = NOW.minusSeconds(situation.is("update", "just") ? 29 : 30);
      progress = progress.with(new Update("then", 1, sent, null));
    }
    Scrape all = Samples.scrape(NOW, Samples.of("a"), Samples.of("b"));
    Scrape one = Samples.scrape(NOW, Set.of("a", "b"), Samples.of("a"));
    Facts facts =
        facts(operation(Kind.DISABLE, progress), proved(situation))
            .with(cluster(experience, kms, "1.33.5", situation.of("arm")))
            .withVersions(versions(situation))
            .with(situation.is("seen", "all") ? all : one);
    return UpdateCluster.on().decide(facts);
  }

  private Decision converge(Situation situation) {
    List<ServerState> before =
        situation.is("before", "known")
            ? Samples.scrape(
                    NOW.minusSeconds(600),
                    Samples.of("a").loaded("old"),
                    Samples.of("b").loaded("old"))
                .servers()
            : List.of();
    Update update = new Update("then", 1, NOW.minusSeconds(600), null, before);
    Samples one = server("a", situation.of("one"));
    Samples other = server("b", situation.of("other"));
    Scrape scrape =
        situation.is("seen", "all")
            ? Samples.scrape(NOW, one, other)
            : Samples.scrape(NOW, Set.of("a", "b", "c"), one, other);
    Operation operation = operation(Kind.DISABLE, Progress.START.withChecked().with(update));
    ManagedCluster off = cluster(KmsExperience.NONE, ShownKms.OFF, "1.33.5", "Succeeded");
    return Converge.onTo().decide(facts(operation).with(off).with(scrape));
  }

  private static Samples server(String name, String how) {
    return switch (how) {
      case "as-before" -> Samples.of(name).loaded("old");
      case "restarted" -> Samples.of(name).loaded("old").startedAt(NOW.minusSeconds(60));
      default -> Samples.of(name).loaded("new");
    };
  }

  private static Operation operation(Kind kind, Progress progress) {
    KmsSettings on = KmsSettings.of(key(1));
    Route route =
        kind == Kind.ENABLE ? Route.of(KmsSettings.OFF, on) : Route.of(on, KmsSettings.OFF);
    return new Operation("1", kind, CLUSTER, ORIGIN, route, NOW, progress);
  }

  private static ManagedCluster cluster(
      KmsExperience experience, ShownKms kms, String kubernetes, String state) {
    return new ManagedCluster(CLUSTER, "/id", experience, kms, kubernetes, "now", state, Map.of());
  }

  private static List<KeyVersion> versions(Situation situation) {
    return switch (situation.of("key")) {
      case "fit" -> List.of(version(1));
      case "disabled" -> List.of(disabled(1));
      default -> List.of();
    };
  }

  private static Ledger proved(Situation situation) {
    return switch (situation.of("proof")) {
      case "holds" -> ledger().proved(new ProvedOn(key(1), "now", NOW, "o"));
      case "of-another-etag" -> ledger().proved(new ProvedOn(key(1), "then", NOW, "o"));
      case "of-plain" ->
          ledger().proved(new ProvedOn(KeyIdHash.PLAIN, null, "now", NOW, "o", null));
      default -> ledger();
    };
  }
}
