package dev.rekey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.operation.StepName;
import dev.rekey.testbed.EncryptionConfiguration;
import dev.rekey.testbed.KmsPlugin;
import dev.rekey.testbed.KubernetesVersion;
import dev.rekey.testbed.Metrics;
import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.Seed;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cluster under KMS v1, and its way to KMS v2 in the phases that there are: turned off, rewritten
 * and proved plain, upgraded, turned on again. Raw etcd is the judge.
 */
class KmsV1IT {
  private static final int SECRETS = 200;
  private static final String PLAIN = "plain";
  private static final String COUNTS = "apiserver_storage_transformation_operations_total";
  private static final String READ = "transformation_type=\"from_storage\"";
  private static final String WRITTEN = "transformation_type=\"to_storage\"";

  /** {@code secret-00000} lies there. */
  private static final String FIRST = "seeded-000";

  @Test
  void underV1_eachSecretHasADataKeyOfItsOwn_andOnlyPrefixesTellReadsAndWrites() {
    try (RealCluster cluster = RealCluster.onKmsV1(1)) {
      Seed.plant(cluster.testbed.requests(), SECRETS, 256, 5);

      assertThat(cluster.stored()).isEqualTo(Map.of(v1(cluster), (long) SECRETS));
      KmsPlugin plugin = cluster.testbed.plugin(cluster.firstKey.url());
      assertThat(plugin.encrypts()).isGreaterThanOrEqualTo(SECRETS);
      Metrics metrics = cluster.testbed.requests().metrics();
      assertThat(counted(metrics, WRITTEN, v1(cluster))).isEqualTo(SECRETS);
      assertThat(counted(metrics, READ, v1(cluster))).isEqualTo(SECRETS);
      assertThat(metrics.text()).doesNotContain("apiserver_envelope_encryption_key_id_hash");

      long decrypts = plugin.decrypts();
      cluster.testbed.replica(0).restart();
      cluster.testbed.replica(0).awaitReady();
      assertThat(plugin.decrypts() - decrypts).isGreaterThanOrEqualTo(SECRETS);
    }
  }

  @Test
  void turnedOff_anEmptyPatchWritesPlainOnce_andIsCountedUnderBothPrefixes() {
    try (RealCluster cluster = RealCluster.onKmsV1(1)) {
      Seed.plant(cluster.testbed.requests(), 1, 256, 1);
      cluster.testbed.applyPlain();
      PlainRequests requests = cluster.testbed.requests();
      Metrics before = requests.metrics();

      requests.emptyPatch(FIRST, "secret-00000").expectSuccess();
      long revision = revision(cluster);
      requests.emptyPatch(FIRST, "secret-00000").expectSuccess();

      assertThat(revision(cluster)).isEqualTo(revision);
      assertThat(cluster.stored()).isEqualTo(Map.of(PLAIN, 1L));
      Metrics after = requests.metrics();
      assertThat(counted(after, READ, v1(cluster)) - counted(before, READ, v1(cluster)))
          .isEqualTo(1);
      assertThat(counted(after, WRITTEN, "") - counted(before, WRITTEN, "")).isEqualTo(1);
      // The second look, and sooner or later what the server's own watch reads of the write.
      assertThat(counted(after, READ, "identity") - counted(before, READ, "identity"))
          .isBetween(1.0, 2.0);
    }
  }

  @ParameterizedTest(name = "from {0}")
  @EnumSource(names = {"V1_31", "V1_34"})
  void turnedOffAndProvedPlain_upgraded_turnedOnAsV2_nothingIsLost(KubernetesVersion from)
      throws Exception {
    try (RealCluster cluster = RealCluster.onKmsV1(from, 2)) {
      Seed seed = Seed.plant(cluster.testbed.requests(), SECRETS, 1024, 10);
      cluster.turnedOffByAnother();

      Operation rewritten = cluster.run(Kind.REENCRYPT, Route.staying(KmsSettings.OFF));

      assertCompleted(rewritten);
      assertThat(cluster.stored()).isEqualTo(Map.of(PLAIN, (long) SECRETS));
      Evidence evidence = cluster.evidence(rewritten);
      assertThat(evidence.proof()).isEqualTo(new Evidence.Proof("counters", SECRETS, SECRETS, 0));
      assertThat(evidence.census().after()).isEmpty();
      assertThat(evidence.census().plain()).isEqualTo(SECRETS);

      cluster.upgradeKubernetes();

      assertThat(cluster.stored()).isEqualTo(Map.of(PLAIN, (long) SECRETS));
      assertThat(seed.differences()).isEmpty();

      KmsSettings on = KmsSettings.of(cluster.firstKey);
      Operation enabled = cluster.run(Kind.ENABLE, Route.of(KmsSettings.OFF, on));

      assertCompleted(enabled);
      assertThat(cluster.stored(cluster.firstKey))
          .isEqualTo(Map.of(cluster.firstKey.url(), (long) SECRETS));
      assertThat(seed.differences()).isEmpty();
    }
  }

  /** A reader of plain Secrets makes up for the plain reads that the counters lack of these. */
  @Test
  void someCannotBeRewrittenWhileOthersRead_evidenceSaysThatTheyLieUnderV1() throws Exception {
    try (RealCluster cluster = RealCluster.onKmsV1(1)) {
      Seed.plant(cluster.testbed.requests(), SECRETS, 256, 10);
      cluster.testbed.denySecretUpdates("seeded-007");
      cluster.turnedOffByAnother();
      List<String> path = List.of(PlainRequests.secretPath(FIRST, "secret-00000"));

      Operation rewritten;
      try (ReadingClient reader = ReadingClient.begin(cluster.testbed.requests(), path)) {
        rewritten = cluster.run(Kind.REENCRYPT, Route.staying(KmsSettings.OFF));
        assertThat(reader.reads()).isGreaterThan(20);
      }

      assertCompleted(rewritten);
      assertThat(cluster.stored()).isEqualTo(Map.of(v1(cluster), 20L, PLAIN, SECRETS - 20L));
      Evidence evidence = cluster.evidence(rewritten);
      assertThat(evidence.secrets().exceptions()).isEqualTo(20);
      assertThat(evidence.census().after()).isEqualTo(Map.of(v1(cluster), 20L));
      assertThat(evidence.verdict().oldestKey()).isEqualTo("not-known");
      assertThat(evidence.steps())
          .extracting(Evidence.StepLine::reason)
          .contains(Reason.PROVED_BUT_EXCEPTIONS.token());
    }
  }

  /** What KMS v1 reads and writes has no key id: where nobody counts it, it looks like nothing. */
  @Test
  void armSaysOffWhileTheServerWritesUnderV1_itIsNotTakenForPlain_andNothingIsSent()
      throws Exception {
    try (RealCluster cluster = RealCluster.onKmsV1(1)) {
      Seed.plant(cluster.testbed.requests(), SECRETS, 256, 5);
      cluster.shownAsOffByArm();
      cluster.shownAsUpgradedByArm();
      KmsSettings on = KmsSettings.of(cluster.firstKey);

      Operation started = cluster.start(Kind.ENABLE, Route.of(KmsSettings.OFF, on));
      Operation waiting = cluster.rekey.run(started, latest -> {}, Duration.ofSeconds(15));

      assertThat(waiting.progress().pending()).isNotNull();
      assertThat(waiting.progress().pending().step()).isEqualTo(StepName.PROVE_CURRENT);
      assertThat(waiting.progress().pending().reason())
          .isEqualTo(Reason.REPLICA_DOES_NOT_WRITE_TARGET);
      assertThat(cluster.arm.acceptedUpdates()).isEmpty();
    }
  }

  /** What stored values begin with, and metrics show. */
  private static String v1(RealCluster cluster) {
    return "k8s:enc:kms:v1:" + EncryptionConfiguration.providerName(cluster.firstKey.url()) + ":";
  }

  private static double counted(Metrics metrics, String type, String prefix) {
    return metrics.sum(COUNTS, type, "transformer_prefix=\"" + prefix + "\"");
  }

  private static long revision(RealCluster cluster) {
    return cluster.testbed.etcd().secret(FIRST, "secret-00000").modRevision();
  }

  private static void assertCompleted(Operation operation) {
    assertThat(operation.progress().ending()).as("%s", operation.progress().pending()).isNotNull();
    assertThat(operation.progress().ending().outcome()).isEqualTo(Ending.Outcome.COMPLETED);
  }
}
