package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.StoredSecret;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Raw etcd as the judge of operations: where every Secret lies whenever ARM accepts other settings
 * of KMS and at the end, and whether the evidence says the same.
 */
final class Judge {
  private static final String PLAIN = "plain";

  private final RealCluster cluster;
  private final Seed seed;
  private final List<List<StoredSecret>> atUpdates =
      Collections.synchronizedList(new ArrayList<>());

  /** How many Secrets there are. */
  final long stored;

  /** Looks on from now on. */
  Judge(RealCluster cluster, Seed seed) {
    this.cluster = cluster;
    this.seed = seed;
    this.stored = secrets().size();
    cluster.beforeRoll = () -> atUpdates.add(secrets());
  }

  private List<StoredSecret> secrets() {
    return cluster.testbed.etcd().secretsAtOnce();
  }

  /**
   * The operation has completed, nothing lies anywhere but under the settings that it led to, and
   * whatever moved the cluster on its way was sent only when nothing lay anywhere but under what
   * the cluster left, or, on a return, under what it went back to.
   */
  void assertLedAlong(Operation ended) {
    List<KmsSettings> stops = ended.route().stops();
    assertThat(ended.progress().ending()).as("%s", ended.progress().pending()).isNotNull();
    assertThat(ended.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
    assertThat(atUpdates).hasSize(stops.get(0).equals(stops.get(1)) ? 0 : stops.size() - 1);
    int first = ended.kind() == Kind.RETURN ? 1 : 0;
    for (int number = 0; number < atUpdates.size(); number++) {
      assertAllUnder(stops.get(number + first), atUpdates.get(number));
    }
    atUpdates.clear();
    assertAllUnder(last(ended), secrets());
    assertArmShows(last(ended));
    assertEvidence(ended);
    assertThat(seed.differences()).isEmpty();
  }

  /** What was moved so far is no part of the operation that is judged next. */
  void forgetUpdates() {
    atUpdates.clear();
  }

  private static KmsSettings last(Operation ended) {
    List<KmsSettings> stops = ended.route().stops();
    return stops.get(stops.size() - 1);
  }

  private void assertAllUnder(KmsSettings settings, List<StoredSecret> secrets) {
    KeyId key = settings.key();
    Map<String, Long> counts = key == null ? cluster.counts(secrets) : cluster.counts(secrets, key);
    assertThat(counts).isEqualTo(Map.of(name(settings), stored));
  }

  private static String name(KmsSettings settings) {
    return settings.key() == null ? PLAIN : settings.key().url();
  }

  private void assertArmShows(KmsSettings settings) {
    assertThat(cluster.arm.read(cluster.name).isAt(settings))
        .as("%s", cluster.arm.kmsShown(cluster.name))
        .isTrue();
  }

  /** After a kill it may have looked at some twice, so its census may count more. */
  private void assertEvidence(Operation ended) {
    Evidence evidence = cluster.evidence(ended);
    KmsSettings settings = last(ended);
    EtcdAndEvidence both =
        settings.key() == null
            ? EtcdAndEvidence.plain(secrets(), evidence)
            : new EtcdAndEvidence(secrets(), evidence, settings.key());
    assertThat(both.disagreements()).isEmpty();
    assertThat(evidence.secrets().discovered()).isEqualTo(stored);
    assertThat(evidence.exceptions()).isEmpty();
    assertThat(evidence.operation().kind()).isEqualTo(ended.kind().token());
    assertCensus(evidence.census(), settings);
  }

  private void assertCensus(Evidence.Census census, KmsSettings settings) {
    assertThat(census.unknown()).isZero();
    if (settings.key() == null) {
      assertThat(census.after()).isEmpty();
      assertThat(census.plain()).isGreaterThanOrEqualTo(stored);
      return;
    }
    assertThat(census.after()).containsOnlyKeys(settings.key().url());
    assertThat(census.after().get(settings.key().url())).isGreaterThanOrEqualTo(stored);
    assertThat(census.plain()).isZero();
  }

  /** Every Secret was proved by the counters, all of them in the last round. */
  void assertProvedByCounters(Operation ended) {
    assertThat(cluster.evidence(ended).proof())
        .isEqualTo(new Evidence.Proof("counters", stored, stored, 0));
  }
}
