package dev.rekey.operation.step;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;
import static dev.rekey.operation.Example.disabled;
import static dev.rekey.operation.Example.facts;
import static dev.rekey.operation.Example.finding;
import static dev.rekey.operation.Example.key;
import static dev.rekey.operation.Example.version;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyIdHash;
import dev.rekey.key.KeyVersion;
import dev.rekey.operation.Decision;
import dev.rekey.operation.Effect;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Route;
import dev.rekey.operation.ShownKms;
import dev.rekey.operation.Update;
import dev.rekey.operation.preflight.Verdict;
import dev.rekey.operation.step.DecisionTable.Situation;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Tally;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What migrate-to-kms-v2 decides where nothing can be proved, and while KMS is off. Version 1 is in
 * use under KMS v1; version 2 is to be turned on with where a table says {@code wanted}.
 */
class MigrateToKmsV2TransitionsTest {
  private static final KeyIdHash V1 = new KeyIdHash("k8s:enc:kms:v1:azurekms:");

  private static final DecisionTable CHECK =
      DecisionTable.of(
          """
          arm:        Updating Succeeded Failed
          experience: VERSIONED_KEY NONE PLATFORM_MANAGED UNPROVED
          keyId:      from elsewhere
          kubernetes: 1.27.0 1.26.9 1.25.0 unknown
          key:        fit disabled absent
          around:     sound unfit

          Updating         | *                | *         | *              | *               | *     | wait 15s: cluster-busy
          Succeeded Failed | VERSIONED_KEY    | *         | *              | *               | *     | refuse: kms-v2-already
          Succeeded Failed | NONE             | *         | *              | *               | *     | refuse: kms-off
          Succeeded Failed | PLATFORM_MANAGED | *         | *              | *               | *     | refuse: platform-managed
          Succeeded Failed | UNPROVED         | *         | 1.27.0 unknown | *               | *     | refuse: kms-version-unproved
          Succeeded Failed | UNPROVED         | *         | 1.25.0         | *               | *     | refuse: api-servers-not-told
          Succeeded Failed | UNPROVED         | elsewhere | 1.26.9         | *               | *     | refuse: cluster-moved
          Failed           | UNPROVED         | from      | 1.26.9         | *               | *     | refuse: cluster-failed
          Succeeded        | UNPROVED         | from      | 1.26.9         | disabled absent | *     | refuse: current-key-unfit
          Succeeded        | UNPROVED         | from      | 1.26.9         | fit             | sound | act note-checked: recording
          Succeeded        | UNPROVED         | from      | 1.26.9         | fit             | unfit | refuse: preflight-failed
          """);

  /**
   * {@code pass}: the last count; {@code counts}: how many there were; {@code old}: how long ago it
   * ended, and {@code earlier} that it was of another state in ARM.
   */
  private static final DecisionTable COUNT =
      DecisionTable.of(
          """
          arm:      Updating Succeeded Failed
          kms:      on off elsewhere
          pass:     none listing listed clean void few unread denied dry-run-unsupported
          state:    this earlier
          counts:   one five
          old:      just 2h
          approved: yes no

          *                | off elsewhere | *                         | *       | *    | *    | *   | done: key-already-moved
          *                | on            | listing                   | *       | *    | *    | *   | act list same trial: listing-secrets
          *                | on            | listed                    | *       | *    | *    | *   | act begin-pass: reading-counters
          Updating         | on            | none clean void few unread denied dry-run-unsupported | * | * | * | * | wait 15s: cluster-busy
          Succeeded Failed | on            | none                      | *       | *    | *    | *   | act list new trial: listing-secrets
          Succeeded Failed | on            | void                      | *       | one  | *    | *   | act list new trial: listing-secrets
          Succeeded Failed | on            | void                      | *       | five | 2h   | *   | act list new trial: listing-secrets
          Succeeded Failed | on            | void                      | *       | five | just | *   | stall: counters-interrupted
          Succeeded Failed | on            | few unread                | *       | *    | just | *   | stall: secrets-unreadable
          Succeeded Failed | on            | denied                    | *       | *    | just | *   | stall: secrets-not-writable
          Succeeded Failed | on            | few unread denied         | *       | *    | 2h   | *   | act list new trial: listing-secrets
          Succeeded Failed | on            | clean dry-run-unsupported | earlier | one  | *    | *   | act list new trial: listing-secrets
          Succeeded Failed | on            | clean dry-run-unsupported | earlier | five | 2h   | *   | act list new trial: listing-secrets
          Succeeded Failed | on            | clean dry-run-unsupported | earlier | five | just | *   | stall: etag-keeps-moving
          Succeeded Failed | on            | clean dry-run-unsupported | this    | *    | just | *   | done: found-readable
          Succeeded Failed | on            | clean dry-run-unsupported | this    | *    | 2h   | no  | done: found-readable
          Succeeded Failed | on            | clean dry-run-unsupported | this    | *    | 2h   | yes | act list new trial: listing-secrets
          """);

  /** The update that turns KMS off; {@code count}: the last one. */
  private static final DecisionTable UPDATE =
      DecisionTable.of(
          """
          arm:    Updating Succeeded Failed
          kms:    on off elsewhere
          update: none ago
          count:  none running clean unread denied of-another-state
          seen:   all not-all
          key:    fit disabled

          Updating         | *         | *    | *     | *       | *        | wait 10s: cluster-busy
          Succeeded        | off       | *    | *     | *       | *        | done: key-id-updated
          Succeeded Failed | elsewhere | *    | *     | *       | *        | stall: cluster-on-another-key
          Failed           | on off    | none | *     | *       | *        | stall: cluster-failed
          Failed           | on off    | ago  | *     | *       | disabled | stall: current-key-unfit
          Failed           | on off    | ago  | *     | not-all | fit      | wait 10s: replica-not-seen
          Failed           | off       | ago  | *     | all     | fit      | act update off to off at now: sending-update
          Failed           | on        | ago  | clean | all     | fit      | act update v1 to off at now: sending-update
          Failed           | on        | ago  | none running unread denied of-another-state | all | fit | wait 0s: cluster-busy
          Succeeded        | on        | *    | *     | *       | disabled | stall: current-key-unfit
          Succeeded        | on        | *    | *     | not-all | fit      | wait 10s: replica-not-seen
          Succeeded        | on        | *    | clean | all     | fit      | act update v1 to off at now: sending-update
          Succeeded        | on        | *    | none running unread denied of-another-state | all | fit | wait 0s: cluster-busy
          """);

  private static final DecisionTable AWAIT =
      DecisionTable.of(
          """
          arm:        Updating Succeeded Failed
          kms:        off wanted before elsewhere
          kubernetes: 1.26.9 1.27.0 1.36.3 unknown

          *                | before elsewhere | *              | stall: cluster-on-another-key
          *                | wanted           | 1.26.9 unknown | stall: cluster-on-another-key
          *                | wanted           | 1.27.0 1.36.3  | done: key-already-moved
          Updating         | off              | *              | wait 30s: cluster-busy
          Succeeded        | off              | 1.27.0 1.36.3  | done: upgraded
          Succeeded        | off              | 1.26.9 unknown | stall: awaiting-upgrade
          Failed           | off              | *              | stall: awaiting-upgrade
          """);

  @Test
  void everyCombinationAtTheCheck_isDecidedAsTheTableSays() {
    CHECK.assertDecides(this::check);
  }

  @Test
  void k8_nothingIsBegunButWhereKmsV1IsKnownToBeOn() {
    CHECK.forEach(
        this::check,
        (situation, decision) -> {
          if (decision instanceof Decision.Act) {
            assertThat(situation.of("experience")).isEqualTo("UNPROVED");
            assertThat(situation.of("kubernetes")).isEqualTo("1.26.9");
          }
        });
  }

  @Test
  void everyCombinationOfACount_isDecidedAsTheTableSays() {
    COUNT.assertDecides(this::count);
  }

  @Test
  void everyCombinationOfTheUpdateThatTurnsKmsOff_isDecidedAsTheTableSays() {
    UPDATE.assertDecides(this::update);
  }

  @Test
  void k8_kmsIsTurnedOffOnlyWhenEverySecretWasFoundReadableInThatState() {
    UPDATE.forEach(
        this::update,
        (situation, decision) -> {
          boolean sent =
              decision instanceof Decision.Act act && act.effect() instanceof Effect.UpdateCluster;
          if (sent && situation.is("kms", "on")) {
            assertThat(situation.of("count")).isEqualTo("clean");
          }
        });
  }

  @Test
  void everyCombinationOfTheWaitForTheUpgrade_isDecidedAsTheTableSays() {
    AWAIT.assertDecides(this::await);
  }

  @Test
  void upgradeIsDue_theCommandNamesTheClusterAndTheNextMinorVersionAndItIsLookedAtSoon() {
    Facts facts = facts(second()).with(shown("off", "1.26.9", "Succeeded"));

    assertThat(new AwaitUpgrade().decide(facts))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall -> {
              assertThat(stall.lookAgain()).isEqualTo(Duration.ofMinutes(10));
              assertThat(stall.detail())
                  .startsWith(
                      "Kubernetes 1.26.9, Succeeded; type: az aks upgrade --resource-group g"
                          + " --name prod-1 --kubernetes-version 1.27 --control-plane-only")
                  .contains("az aks get-upgrades --resource-group g --name prod-1");
            });
  }

  @Test
  void kubernetesIsOlderThanLeases_theUpgradeThatKmsV1AllowsIsNamed() {
    Facts facts =
        facts(first(Progress.START)).with(cluster(KmsExperience.UNPROVED, on(1), "1.24.6", "now"));

    assertThat(new Check().decide(facts))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refuse ->
                assertThat(refuse.detail())
                    .contains("--name prod-1 --kubernetes-version 1.25 --control-plane-only"));
  }

  /** Who approves before every Secret was read has approved another plan. */
  @Test
  void approvalCountsOnlyOnceEverySecretWasFoundReadable() {
    Operation before = first(Progress.START.withChecked());
    Operation counted = first(Progress.START.withChecked().with(clean("now", 60)));
    Operation anew = first(counted.progress().with(passes("now", 10).round(2).begun()));
    String early = PlanHash.of(before);
    String plan = PlanHash.of(counted);

    assertThat(plan).isNotEqualTo(early).isEqualTo(PlanHash.of(anew));
    assertThat(Told.of(new Approve().decide(facts(approved(counted, early)))))
        .isEqualTo("stall: awaiting-approval");
    assertThat(Told.of(new Approve().decide(facts(approved(counted, plan)))))
        .isEqualTo("done: approved");
    assertThat(new Approve().decide(facts(counted)))
        .isInstanceOfSatisfying(
            Decision.Stall.class,
            stall ->
                assertThat(stall.detail())
                    .startsWith(plan)
                    .contains("10 Secrets were found readable")
                    .contains("don't upgrade before"));
    assertThat(ToBeKnown.of(Kind.MIGRATE_TO_KMS_V2))
        .anyMatch(line -> line.contains("KMS v1 stores no key id"))
        .anyMatch(line -> line.contains("stored plain"));
  }

  @Test
  void apiServersAreAskedOnlyWhereAPassNeedsThem() {
    FindReadable step = new FindReadable(new PassRounds(Limits.ALONE));

    assertThat(step.needs(first(Progress.START))).containsExactly(FactKind.CLUSTER);
    assertThat(new AwaitUpgrade().needs(second())).containsExactly(FactKind.CLUSTER);
    assertThat(new AwaitUpgrade().isBeforeUpdate()).isTrue();
    assertThat(step.isBeforeUpdate()).isFalse();
  }

  private Decision check(Situation situation) {
    KmsExperience experience = KmsExperience.valueOf(situation.of("experience"));
    ShownKms kms =
        experience == KmsExperience.NONE ? ShownKms.OFF : on(situation.is("keyId", "from") ? 1 : 3);
    ManagedCluster cluster =
        new ManagedCluster(
            CLUSTER,
            "/subscriptions/s/resourceGroups/g/x/y/z/prod-1",
            experience,
            kms,
            situation.is("kubernetes", "unknown") ? "" : situation.of("kubernetes"),
            "now",
            situation.of("arm"),
            Map.of());
    List<KeyVersion> versions =
        switch (situation.of("key")) {
          case "fit" -> List.of(version(1));
          case "disabled" -> List.of(disabled(1));
          default -> List.of();
        };
    Verdict verdict = situation.is("around", "sound") ? Verdict.PASSED : Verdict.FAILED;
    Facts facts =
        facts(first(Progress.START))
            .with(cluster)
            .withVersions(versions)
            .withPreflight(List.of(finding("identity-exists", verdict)));
    return new Check().decide(facts);
  }

  private Decision count(Situation situation) {
    String etag = situation.is("state", "this") ? "now" : "then";
    long age = situation.is("old", "just") ? 60 : 7_200;
    Progress progress = Progress.START.withChecked();
    if (!situation.is("pass", "none")) {
      if (situation.is("counts", "five")) {
        for (int round = 1; round < 5; round++) {
          progress = progress.with(passes(etag, age + round).round(-round).interrupted());
        }
      }
      progress = progress.with(pass(situation.of("pass"), etag, age));
    }
    Operation operation = first(progress);
    Operation told =
        situation.is("approved", "yes") ? approved(operation, PlanHash.of(operation)) : operation;
    Facts facts = facts(told).with(shown(situation.of("kms"), "1.26.9", situation.of("arm")));
    return new FindReadable(new PassRounds(Limits.ALONE)).decide(facts);
  }

  private static Pass pass(String name, String etag, long age) {
    return switch (name) {
      case "listing" -> passes(etag, age).begun();
      case "listed" -> passes(etag, age).listed();
      case "running" -> passes(etag, age).running();
      case "clean" -> clean(etag, age);
      case "void" -> passes(etag, age).interrupted();
      case "few" -> ended(etag, age, 9, null);
      case "unread" -> ended(etag, age, 10, ExceptionReason.UNDECRYPTABLE);
      case "denied" -> ended(etag, age, 10, ExceptionReason.DENIED_BY_POLICY);
      case "dry-run-unsupported" -> ended(etag, age, 10, ExceptionReason.DRY_RUN_UNSUPPORTED);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private Decision update(Situation situation) {
    Progress progress = Progress.START.withChecked();
    if (!situation.is("count", "none")) {
      boolean ofAnother = situation.is("count", "of-another-state");
      progress =
          progress.with(ofAnother ? clean("then", 60) : pass(situation.of("count"), "now", 60));
    }
    if (situation.is("update", "ago")) {
      progress = progress.with(new Update("then", 1, NOW.minusSeconds(30), null));
    }
    boolean all = situation.is("seen", "all");
    Facts facts =
        facts(first(progress))
            .with(shown(situation.of("kms"), "1.26.9", situation.of("arm")))
            .withVersions(List.of(situation.is("key", "fit") ? version(1) : disabled(1)))
            .with(
                all
                    ? Samples.scrape(NOW, Samples.of("a"), Samples.of("b"))
                    : Samples.scrape(NOW, Set.of("a", "b"), Samples.of("a")));
    return UpdateCluster.on().decide(facts);
  }

  private Decision await(Situation situation) {
    String kubernetes = situation.is("kubernetes", "unknown") ? "" : situation.of("kubernetes");
    return new AwaitUpgrade()
        .decide(facts(second()).with(shown(situation.of("kms"), kubernetes, situation.of("arm"))));
  }

  static ManagedCluster shown(String kms, String kubernetes, String arm) {
    ShownKms shown =
        switch (kms) {
          case "off" -> ShownKms.OFF;
          case "wanted" -> on(2);
          case "on", "before" -> on(1);
          default -> on(3);
        };
    KmsExperience experience = shown.enabled() ? KmsExperience.UNPROVED : KmsExperience.NONE;
    return cluster(experience, shown, kubernetes, "now", arm);
  }

  static ShownKms on(int number) {
    return ShownKms.on(key(number).url());
  }

  static ManagedCluster cluster(
      KmsExperience experience, ShownKms kms, String kubernetes, String etag) {
    return cluster(experience, kms, kubernetes, etag, "Succeeded");
  }

  private static ManagedCluster cluster(
      KmsExperience experience, ShownKms kms, String kubernetes, String etag, String arm) {
    return new ManagedCluster(
        CLUSTER,
        "/subscriptions/s/resourceGroups/g/providers/Microsoft.ContainerService/managedClusters/prod-1",
        experience,
        kms,
        kubernetes,
        etag,
        arm,
        Map.of());
  }

  static Operation first(Progress progress) {
    KmsSettings before = KmsSettings.of(key(1));
    return new Operation(
        "1",
        Kind.MIGRATE_TO_KMS_V2,
        CLUSTER,
        ORIGIN,
        Route.of(before, KmsSettings.OFF, KmsSettings.of(key(2))),
        NOW,
        progress);
  }

  /** In its second phase. */
  static Operation second() {
    return first(
        Progress.START
            .withChecked()
            .recorded(
                new Evidence.Phase(
                    "disable",
                    new Evidence.Secrets(0, 0, 0, 0, 0, 0),
                    new Evidence.Proof("counters", 0, 0, 0))));
  }

  static Operation approved(Operation operation, String plan) {
    Order order = new Order(Order.Action.APPROVE, "ana", "checked", NOW, null, plan);
    return operation.with(operation.progress().with(order));
  }

  /**
   * @param age how many seconds ago it ended
   */
  private static Passes passes(String etag, long age) {
    return Passes.of("count", PassKind.TRIAL, KeyIdHash.PLAIN)
        .etag(etag)
        .begunAt(NOW.minusSeconds(age + 100));
  }

  static Pass clean(String etag, long age) {
    return ended(etag, age, 10, null);
  }

  private static Pass ended(String etag, long age, int reads, ExceptionReason reason) {
    int exceptional = reason == null ? 0 : 1;
    int others = Passes.SECRETS - exceptional;
    return passes(etag, age)
        .ended(
            new Samples[] {
              Samples.of("a").reads(V1, reads).reads(KeyIdHash.PLAIN, 100),
              Samples.of("b").reads(KeyIdHash.PLAIN, 100)
            },
            new Tally(Passes.SECRETS, 0, others, 0, exceptional, others, exceptional),
            reason == null
                ? ExceptionCounts.NONE
                : ExceptionCounts.of(Samples.exceptions(reason, 1)));
  }
}
