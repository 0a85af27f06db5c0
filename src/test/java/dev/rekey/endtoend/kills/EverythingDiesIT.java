package dev.rekey.endtoend.kills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.rekey.endtoend.EtcdAndEvidence;
import dev.rekey.endtoend.SumsOfPasses;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Pass;
import dev.rekey.service.port.Records;
import dev.rekey.testbed.KeysInMemory;
import dev.rekey.testbed.Seed;
import dev.rekey.testbed.Testbed;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * {@code kill -9} of Rekey's process at least fifty times in the re-encryption of 10,000 Secrets,
 * of the API server twenty times, of etcd five times; the KMS plugin is away five times, the disk
 * stalls five times. After each of these etcd is compared with what the records claim just then,
 * and at the end with the evidence, Secret by Secret. The moments come from a seed, which is
 * printed: {@code -Dkills.seed=…} draws them again. {@code -Dkills.operations=20} is a soak: as
 * many operations, each killed as often.
 */
class EverythingDiesIT {
  private static final int SECRETS = Integer.getInteger("kills.secrets", 10_000);
  private static final int OPERATIONS = Integer.getInteger("kills.operations", 1);
  private static final int BYTES = 1024;
  private static final int NAMESPACES = 50;

  @Test
  @Timeout(value = 1, unit = TimeUnit.DAYS)
  void everythingIsKilledAgainAndAgain_noSecretIsLostAndTheEvidenceSaysWhatEtcdHolds()
      throws Exception {
    long seed = Long.getLong("kills.seed", new Random().nextInt());
    System.out.println("kills.seed=" + seed);
    Toll toll = new Toll();
    Instant began = Instant.now();
    try (Testbed testbed = Testbed.with(new KeysInMemory()).key(key(1).url()).start()) {
      Seed planted = Seed.plant(testbed.requests(), SECRETS, BYTES, NAMESPACES);
      RecordsFolder records =
          new RecordsFolder(
              Files.createDirectory(testbed.folder().resolve("records")),
              Kubeconfig.read(testbed.kubeconfig(), null).distinctName());
      Comparisons comparisons = new Comparisons(testbed.etcd(), records);
      KilledAgainAndAgain killing = new KilledAgainAndAgain(testbed, records, toll, comparisons);
      Deque<Life> lives = new ArrayDeque<>();
      for (int number = 1; number <= OPERATIONS || !lives.isEmpty(); number++) {
        if (number <= OPERATIONS) {
          lives.addAll(Lives.drawn(seed + number));
        }
        KeyId target = key(number + 1);
        testbed.applyKey(target.url());
        String said = killing.toTheEnd(lives, during(number, planted));
        assertThat(comparisons.disagreements()).isEmpty();
        assertAllIsProved(testbed, records, target, number + toll.killedBehindTheEnd(), said);
        assertThat(planted.differences()).isEmpty();
        toll.operationDone();
        long seconds = Duration.between(began, Instant.now()).toSeconds();
        System.out.println(toll + "; " + comparisons + "; " + seconds + " s");
      }
      assertToll(toll);
      assertCompared(comparisons, toll);
    }
  }

  private static EtcdAndClaim during(int number, Seed planted) {
    return new EtcdAndClaim(planted.markers().keySet(), key(number), key(number + 1));
  }

  private static void assertAllIsProved(
      Testbed testbed, RecordsFolder folder, KeyId target, int operations, String said) {
    assertThat(folder.leftLocked()).isEmpty();
    Records records = folder.read();
    assertThat(records.active(folder.cluster())).isEmpty();
    records.eachActive(operation -> fail(operation.id() + " is still active"));
    List<Operation> all = records.operations(folder.cluster());
    assertThat(all)
        .hasSize(operations)
        .extracting(operation -> operation.progress().ending().outcome())
        .containsOnly(Ending.Outcome.COMPLETED);
    Operation last = all.get(operations - 1);
    assertThat(new SumsOfPasses(records, last).thatDoNotHold()).isEmpty();
    assertThat(last.progress().passes()).extracting(Pass::discovered).containsOnly((long) SECRETS);
    Records.StoredEvidence stored = records.evidence(folder.cluster(), last.id()).orElseThrow();
    assertThat(said).contains(stored.bytes());
    assertEtcdHoldsWhatItSays(testbed, stored.evidence(), target);
  }

  private static void assertEtcdHoldsWhatItSays(Testbed testbed, Evidence evidence, KeyId target) {
    EtcdAndEvidence both = new EtcdAndEvidence(testbed.etcd().secrets(), evidence, target);
    assertThat(both.disagreements()).isEmpty();
    assertThat(both.reasons()).isEmpty();
    assertThat(testbed.etcd().secrets()).hasSize(SECRETS);
    assertThat(evidence.secrets().discovered()).isEqualTo(SECRETS);
    assertThat(evidence.secrets().rewritten() + evidence.secrets().current()).isEqualTo(SECRETS);
    assertThat(evidence.secrets().exceptions()).isZero();
    assertThat(evidence.proof().method()).isEqualTo("counters");
    assertThat(evidence.proof().checked()).isEqualTo(SECRETS);
    assertThat(evidence.proof().unchanged()).isEqualTo(SECRETS);
  }

  /** How many kills met the write of a record is chance; {@code FolderTableTest} cuts each. */
  private static void assertToll(Toll toll) {
    assertThat(toll.kills()).isGreaterThanOrEqualTo(50 * OPERATIONS);
    assertThat(toll.apiServerKills()).isGreaterThanOrEqualTo(20 * OPERATIONS);
    assertThat(toll.of(Calamity.ETCD_KILLED)).isGreaterThanOrEqualTo(5 * OPERATIONS);
    assertThat(toll.kmsAway()).isGreaterThanOrEqualTo(5 * OPERATIONS);
    assertThat(toll.of(Calamity.DISK_STALLS)).isGreaterThanOrEqualTo(5 * OPERATIONS);
    assertThat(toll.ends())
        .as("exit code and words, when it found nothing to work on: never a stall, never a trace")
        .allMatch(end -> end.matches("(?s)[14]: rekey: can't .*") && !end.contains("\tat "));
  }

  /** After every kill and every calamity; few of the records were being written just then. */
  private static void assertCompared(Comparisons comparisons, Toll toll) {
    assertThat(comparisons.etcdRead()).isGreaterThanOrEqualTo(toll.kills() + toll.calamities());
    assertThat(comparisons.compared()).isGreaterThan(comparisons.etcdRead() * 3 / 4);
    assertThat(comparisons.claiming()).isGreaterThan(comparisons.etcdRead() / 2);
  }

  private static KeyId key(int version) {
    return KeyId.parse(
        "https://example.vault.azure.net/keys/kills/%032d".formatted(version), Cloud.PUBLIC);
  }
}
