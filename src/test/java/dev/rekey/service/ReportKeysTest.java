package dev.rekey.service;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.ETAG;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.expiring;
import static dev.rekey.operation.Example.hash;
import static dev.rekey.operation.Example.key;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.fleet.Ground;
import dev.rekey.fleet.Need;
import dev.rekey.fleet.RetireVerdict;
import dev.rekey.fleet.Uncertain;
import dev.rekey.fleet.Unsure;
import dev.rekey.key.Cloud;
import dev.rekey.key.Extension;
import dev.rekey.key.KeptKey;
import dev.rekey.key.KeyVersion;
import dev.rekey.key.Ledger;
import dev.rekey.key.LedgerEntry;
import dev.rekey.key.PolicyAdvice;
import dev.rekey.key.PreviousSlot;
import dev.rekey.key.Restoration;
import dev.rekey.key.RotationPolicy;
import dev.rekey.key.SlotPeriod;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Example;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsExperience;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.operation.ShownKms;
import dev.rekey.service.port.FoundClusters;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Vault;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ReportKeysTest {
  private static final Origin ORIGIN = new Origin(Origin.Trigger.EVENT, "key-vault", "test");

  private final World world = new World();
  private final Conduct conduct = Conduct.auto(Cloud.PUBLIC);

  /** The whole story, with real evidence: the first proof sets nothing free, the second does. */
  @Test
  void rotatedTwice_theFirstVersionIsNeededUntilTheSecondProof() {
    world.servers.store(50, hash(1));
    rotate(1, 2);
    assertThat(grounds(1)).containsExactly(Ground.PREVIOUS);
    assertThat(grounds(2)).containsExactly(Ground.CURRENT);

    world.versions.add(Example.version(3));
    assertThat(grounds(3)).containsExactly(Ground.TARGET);
    Operation second = begin(Kind.ROTATE, Route.of(key(2), key(3)));
    world.runUntil(second, Operation::mayHaveUpdated);
    assertThat(grounds(1)).contains(Ground.MAYBE);
    assertThat(grounds(2)).contains(Ground.PREVIOUS, Ground.OPERATION);

    Operation ended = world.run(second, Duration.ofHours(1));

    assertThat(verdict(1))
        .isEqualTo(
            new RetireVerdict.NotNeeded(Objects.requireNonNull(ended.progress().ending()).at()));
    assertThat(grounds(2)).containsExactly(Ground.PREVIOUS);
    assertThat(evidence(ended).verdict().oldestKey()).isEqualTo(Evidence.Verdict.NOT_NEEDED);
    assertThat(evidence(ended).verdict().previousKey())
        .isEqualTo("keep-until-next-rotation-is-proved");
  }

  @Test
  void backupIsRestoredAndCounted_theVersionIsNeededAgain() {
    world.servers.store(50, hash(1));
    rotate(1, 2);
    world.versions.add(Example.version(3));
    rotate(2, 3);
    world.servers.store(60, hash(1)); // as a backup of the first day had them

    world.run(begin(Kind.CENSUS, Route.of(key(3), key(3))), Duration.ofHours(1));

    assertThat(grounds(1)).containsExactly(Ground.SECRETS);
    assertThat(report().keys().get(0).versions()).hasSize(3);
  }

  @Test
  void clusterWasNeverMet_olderVersionsAreNotKnownAndNothingIsRecorded() {
    world.clusters.put(Example.clusterOn(2));

    assertThat(doubts(1)).extracting(Unsure::cause).contains(Uncertain.PREVIOUS_SLOT_UNKNOWN);
    assertThat(grounds(2)).containsExactly(Ground.CURRENT);
    assertThat(world.records.ledger(CLUSTER)).isEmpty();
  }

  @Test
  void aScopeCanNotBeListed_notKnownAndSaid() {
    OutsideFault fault =
        new OutsideFault(OutsideSystem.ARM, OutsideFault.Kind.FORBIDDEN, "the scope x is closed");
    world.records.begin(CLUSTER, ledger().current(key(2), NOW, "op-1"));
    ManagedClusters some =
        finding(new FoundClusters(List.of(Example.clusterOn(2)), List.of(fault)));

    world.versions.add(Example.version(0));
    KeysReport report = new ReportKeys(with(some), conduct).report();

    assertThat(report.notLookedAt()).containsExactly("the scope x is closed");
    assertThat(report.isComplete()).isFalse();
    assertThat(((RetireVerdict.NotKnown) version(report, 0).verdict()).doubts())
        .contains(new Unsure(null, Uncertain.CLUSTER_NOT_LOOKED_AT, "the scope x is closed"));
  }

  @Test
  void recordsAreOfAnotherRelease_notKnownWithoutAWordOfThem() {
    world.records.begin(CLUSTER, ledger());
    world.writeByAnotherRelease(CLUSTER.value(), "ledger");
    world.clusters.put(Example.clusterOn(2));

    assertThat(doubts(1)).extracting(Unsure::cause).contains(Uncertain.RECORDS_UNREADABLE);
    assertThat(doubts(1).get(0).why()).isEqualTo("a record of it can't be read by this release");
    assertThat(grounds(2)).containsExactly(Ground.CURRENT);
  }

  @Test
  void clusterFollowsTheKeyByItself_itsVersionsAreListedAndNotKnown() {
    String key = key(1).key().toString();
    for (String keyId : List.of(key, key + "/")) {
      world.clusters.put(Example.cluster(KmsExperience.PLATFORM_MANAGED, keyId, ETAG, "Succeeded"));

      assertThat(doubts(1)).extracting(Unsure::cause).contains(Uncertain.KEY_IN_USE_UNKNOWN);
    }
  }

  @Test
  void keyThatNoClusterUsesAnyMore_isReportedFromTheLedger() {
    world.records.begin(CLUSTER, ledger().off(NOW.minus(Duration.ofDays(1)), "off"));
    world.clusters.put(Example.cluster(KmsExperience.NONE, "", ETAG, "Succeeded"));

    assertThat(grounds(1)).containsExactly(Ground.KEPT);
  }

  /** A token is sent to the host that a key names (promise K9). */
  @Test
  void keyOfAForeignHost_isNotAskedFor() {
    world.clusters.put(
        Example.cluster(
            KmsExperience.VERSIONED_KEY, "https://a.example.org/keys/k/1", ETAG, "Succeeded"));

    assertThat(report().keys()).isEmpty();
  }

  @Test
  void versionInUseIsGone_isListedWithWhatToType() {
    world.records.begin(CLUSTER, ledger());
    world.versions.clear();
    world.versions.add(Example.version(2));

    KeyReport.Version gone = version(report(), 1);

    assertThat(Objects.requireNonNull(gone.standing()).state()).isEqualTo(KeptKey.State.GONE);
    assertThat(gone.created()).isNull();
    assertThat(gone.verdict().token()).isEqualTo("needed");
  }

  @Test
  void vaultGivesNoAnswer_whatClustersNameIsJudgedAllTheSame() {
    world.records.begin(CLUSTER, ledger());
    world.vault.fault =
        new OutsideFault(OutsideSystem.VAULT, OutsideFault.Kind.UNREACHABLE, "it is away");

    KeyReport key = report().keys().get(0);

    assertThat(key.notLookedAt()).isEqualTo("it is away");
    assertThat(key.policyNotRead()).isEqualTo("it is away");
    assertThat(key.versions()).hasSize(1);
    assertThat(key.versions().get(0).standing()).isNull();
    assertThat(key.versions().get(0).verdict().token()).isEqualTo("needed");
    assertThat(report().isComplete()).isFalse();
  }

  @Test
  void policyOfTheKey_isJudgedByTheVersionsInUse() {
    world.records.begin(CLUSTER, ledger());
    world.versions.set(0, expiring(1, NOW.plus(Duration.ofDays(20))));
    world.vault.policy =
        new RotationPolicy(Period.ofDays(7), Period.ofDays(90), null, Period.ofDays(100));

    KeyReport key = report().keys().get(0);

    assertThat(Objects.requireNonNull(key.advice()).flaws())
        .extracting(PolicyAdvice.Flaw::cause)
        .containsExactly(
            PolicyAdvice.Cause.LIFE_TOO_SHORT,
            PolicyAdvice.Cause.NOTIFIED_TOO_LATE,
            PolicyAdvice.Cause.VERSION_EXPIRES_TOO_EARLY);
  }

  @Test
  void policyMayNotBeRead_isSaidAndTheVersionsAreShown() {
    world.records.begin(CLUSTER, ledger());
    world.vault.policyFault =
        new OutsideFault(OutsideSystem.VAULT, OutsideFault.Kind.FORBIDDEN, "no right");

    KeyReport key = report().keys().get(0);

    assertThat(key.policyNotRead()).isEqualTo("no right");
    assertThat(key.policy()).isNull();
    assertThat(key.versions()).hasSize(2);
    assertThat(report().isComplete()).isTrue();
  }

  @Test
  void manyClustersShareAKey_theVaultIsAskedOnce() {
    List<ManagedCluster> many = new ArrayList<>();
    for (int number = 0; number < 12; number++) {
      many.add(named("prod-" + number));
    }
    CountingVault vault = new CountingVault(world.vault);
    Ports ports = with(finding(new FoundClusters(many, List.of()))).with(vault);

    KeysReport report = new ReportKeys(ports, conduct).report();
    new ReportClusters(ports, conduct).report();

    assertThat(needs(version(report, 1).verdict())).hasSize(12);
    assertThat(vault.lists).isEqualTo(2); // once for each report
    assertThat(vault.policies).isEqualTo(1);
  }

  // Posture.

  @Test
  void clusterThatWasRotated_showsBothSlotsAndWhatLiesUnderWhichKey() {
    world.servers.store(50, hash(1));
    Operation rotation = rotate(1, 2);

    ClusterReport report = new ReportClusters(world.ports, conduct).report().clusters().get(0);

    assertThat(report.slots())
        .extracting(SlotReport::slot, SlotReport::version)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("current", key(2)),
            org.assertj.core.groups.Tuple.tuple("previous", key(1)));
    assertThat(report.slots())
        .extracting(slot -> Objects.requireNonNull(slot.standing()).state())
        .containsOnly(KeptKey.State.USABLE);
    assertThat(Objects.requireNonNull(report.counted()).byKey())
        .isEqualTo(Map.of(key(2).url(), 50L));
    assertThat(report.counted().operationId()).isEqualTo(rotation.id());
    assertThat(report.counted().isProof()).isTrue();
  }

  @Test
  void clusterAsItWasMet_saysWhyItsPreviousSlotIsUnknown() {
    world.records.begin(CLUSTER, ledger());

    ClusterReport report = new ReportClusters(world.ports, conduct).report().clusters().get(0);

    assertThat(report.slots().get(1).version()).isNull();
    assertThat(report.slots().get(1).blank()).isEqualTo(PreviousSlot.Knowledge.NEVER_ROTATED);
    assertThat(report.counted()).isNull();
  }

  @Test
  void vaultOfTheKeyIsAway_theRestOfThePostureIsShown() {
    world.servers.store(50, hash(1));
    rotate(1, 2);
    world.clusters.put(Example.cluster(KmsExperience.NONE, "", ETAG, "Succeeded"));

    ClusterReport off = new ReportClusters(world.ports, conduct).report().clusters().get(0);

    assertThat(off.slots()).isEmpty();
    assertThat(Objects.requireNonNull(off.kept()).version()).isEqualTo(key(2));
    assertThat(off.counted()).isNotNull();
  }

  /** However many operations there were, only the newest evidence is read. */
  @Test
  void listOfClusters_readsNoMoreThanTheNewestEvidence() {
    world.servers.store(50, hash(1));
    rotate(1, 2);
    for (int number = 0; number < 5; number++) {
      world.run(begin(Kind.CENSUS, Route.of(key(2), key(2))), Duration.ofHours(1));
    }
    world.writeByAnotherRelease(CLUSTER.value(), "operation-20260301-001");
    world.writeByAnotherRelease(CLUSTER.value(), "evidence-20260301-002");

    ClusterReport report = new ReportClusters(world.ports, conduct).report().clusters().get(0);

    assertThat(Objects.requireNonNull(report.counted()).operationId()).isEqualTo("20260301-006");
    assertThat(report.counted().isWhole()).isTrue();
  }

  @Test
  void recordsOfOneClusterAreOfAnotherRelease_thePostureOfAllOthersIsShown() {
    world.records.begin(CLUSTER, ledger());
    world.writeByAnotherRelease(CLUSTER.value(), "ledger");
    world.clusters.put(named("another"));

    List<ClusterReport> all = new ReportClusters(world.ports, conduct).report().clusters();

    assertThat(all)
        .extracting(ClusterReport::standing)
        .containsExactlyInAnyOrder(
            "not-looked-at records-unreadable", "version-from-before-first-meeting");
    assertThat(world.signals).contains("cluster-not-looked-at UnreadableRow");
  }

  @Test
  void oneCluster_showsWhichVersionWasInWhichSlotAndWhatWasProved() {
    world.servers.store(50, hash(1));
    Operation rotation = rotate(1, 2);

    ClusterDetail detail = new ReportClusters(world.ports, conduct).one(CLUSTER).orElseThrow();

    assertThat(detail.history())
        .filteredOn(period -> period.slot() == LedgerEntry.Slot.CURRENT)
        .extracting(SlotPeriod::version, SlotPeriod::changedBy)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(key(1), null),
            org.assertj.core.groups.Tuple.tuple(key(2), rotation.id()));
    assertThat(Objects.requireNonNull(detail.proofs().get(rotation.id())).isProof()).isTrue();
    assertThat(new ReportClusters(world.ports, conduct).one(new ClusterName("nobody"))).isEmpty();
  }

  private Operation rotate(int from, int to) {
    Operation ended =
        world.run(begin(Kind.ROTATE, Route.of(key(from), key(to))), Duration.ofHours(1));
    assertThat(ended.isActive()).isFalse();
    return ended;
  }

  private Operation begin(Kind kind, Route route) {
    if (world.records.ledger(CLUSTER).isEmpty()) {
      world.records.begin(CLUSTER, ledger());
    }
    return new StartOperation(world.ports).start(CLUSTER, kind, route, ORIGIN).orElseThrow();
  }

  private static Ledger ledger() {
    return Ledger.firstSeen(NOW.minus(Duration.ofDays(300)), key(1));
  }

  private Evidence evidence(Operation operation) {
    return world.records.evidence(CLUSTER, operation.id()).orElseThrow().evidence();
  }

  private KeysReport report() {
    return new ReportKeys(world.ports, conduct).report();
  }

  private static KeyReport.Version version(KeysReport report, int number) {
    return report.keys().stream()
        .flatMap(key -> key.versions().stream())
        .filter(one -> one.id().equals(key(number)))
        .findFirst()
        .orElseThrow();
  }

  private RetireVerdict verdict(int number) {
    return version(report(), number).verdict();
  }

  private List<Ground> grounds(int number) {
    return needs(verdict(number)).stream().map(Need::ground).toList();
  }

  private static List<Need> needs(RetireVerdict verdict) {
    assertThat(verdict).isInstanceOf(RetireVerdict.Needed.class);
    return ((RetireVerdict.Needed) verdict).needs();
  }

  private List<Unsure> doubts(int number) {
    RetireVerdict verdict = verdict(number);
    assertThat(verdict).isInstanceOf(RetireVerdict.NotKnown.class);
    return ((RetireVerdict.NotKnown) verdict).doubts();
  }

  private static ManagedCluster named(String name) {
    ManagedCluster like = Example.clusterOn(1);
    return new ManagedCluster(
        new ClusterName(name),
        like.resourceId() + name,
        like.experience(),
        ShownKms.on(key(1).url()),
        like.kubernetesVersion(),
        like.etag(),
        like.provisioningState(),
        like.tags());
  }

  /** The world's clusters, of which a look at all finds these. */
  private ManagedClusters finding(FoundClusters found) {
    return (ManagedClusters)
        Proxy.newProxyInstance(
            ManagedClusters.class.getClassLoader(),
            new Class<?>[] {ManagedClusters.class},
            (self, method, arguments) -> {
              if (method.getName().equals("find")) {
                return found;
              }
              throw new AssertionError("a report asks for all clusters at once: " + method);
            });
  }

  private Ports with(ManagedClusters clusters) {
    Ports ports = world.ports;
    return new Ports(
        clusters,
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        ports.records(),
        ports.messages(),
        ports.signals(),
        ports.ids(),
        ports.time());
  }

  private static final class CountingVault implements Vault {
    private final Vault real;
    private int lists;
    private int policies;

    private CountingVault(Vault real) {
      this.real = real;
    }

    @Override
    public List<KeyVersion> versions(VaultKey key) {
      lists++;
      return real.versions(key);
    }

    @Override
    public RotationPolicy rotationPolicy(VaultKey key) {
      policies++;
      return real.rotationPolicy(key);
    }

    @Override
    public dev.rekey.key.KeyId rotate(VaultKey key) {
      throw new AssertionError("a report makes no version");
    }

    @Override
    public void restore(Restoration restoration) {
      throw new AssertionError("a report changes no version");
    }

    @Override
    public void extend(Extension extension) {
      throw new AssertionError("a report changes no version");
    }
  }
}
