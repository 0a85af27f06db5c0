package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.stream;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.ReplicaSample;
import java.io.EOFException;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncryptionMetricsTest {
  private static final KeyIdHash ONE =
      new KeyIdHash("sha256:e85992210cabcee2784d8e63d3f1b90bc54a0fece46c01f19d119a5722902dbc");
  private static final KeyIdHash TWO =
      new KeyIdHash("sha256:d43a8d14fd7d4fd8a0f650842572b1b91f0c39d32a8a65b1d271c5fcedb7a5e0");
  private static final String REPLICA =
      "sha256:73095bbbe8f317654631b5a70d7c53951e472e19c3daa5b71a50958a5e82991b";

  private static final String LEAST =
      "process_start_time_seconds 1.7955085149e+09\n"
          + "apiserver_encryption_config_controller_last_config_info{apiserver_id_hash=\"r\",hash=\"h\"} 1\n";

  private static ReplicaSample read(String text) throws IOException {
    return EncryptionMetrics.read(stream(text));
  }

  /** Two counters of one key, under two provider names, would come out below zero. */
  @Test
  void countsThatAddUpToMoreThanCanBeAreRefused() {
    String half =
        "apiserver_envelope_encryption_key_id_hash_total{apiserver_id_hash=\"r\",key_id_hash=\"k\","
            + "transformation_type=\"from_storage\"} 5e15\n";

    assertThatThrownBy(() -> read(LEAST + half + half))
        .isInstanceOf(NotUnderstood.class)
        .hasMessage("its metrics count more than can be");
  }

  /**
   * The fixture: keys one, then two and one, one Secret rewritten, then one dropped and a Secret
   * under it looked at.
   */
  @Test
  void aDroppedKeyStillShowsItsCountsAndTheFailedRead() throws IOException {
    ReplicaSample sample = read(text("metrics-kms-v2-dropped-key.txt"));

    assertThat(sample.replica()).isEqualTo(REPLICA);
    assertThat(sample.processStart()).isEqualTo(Instant.parse("2026-11-24T08:21:54.900Z"));
    assertThat(sample.reads()).isEqualTo(Map.of(ONE, 4L, TWO, 1L));
    assertThat(sample.writes()).isEqualTo(Map.of(ONE, 3L, TWO, 1L));
    assertThat(sample.lastWriteAt().get(TWO))
        .isEqualTo(Instant.parse("2026-11-24T08:24:57.376828Z"));
    assertThat(sample.statusAt()).containsOnlyKeys(ONE, TWO);
    assertThat(sample.failedReads()).isEqualTo(1);
    assertThat(sample.plainReads()).isZero();
    assertThat(sample.plainWrites()).isZero();
    assertThat(sample.configurationHash())
        .isEqualTo("sha256:d10fdf32365ba3687d7c2de15549c37cb0163c72bc11c6ed88198f84dcb21c62");
  }

  @Test
  void aServerWithoutKmsIsKnownByItsConfigurationAndCountsPlainOnes() throws IOException {
    ReplicaSample sample = read(text("metrics-identity-first.txt"));

    assertThat(sample.replica()).isEqualTo(REPLICA);
    assertThat(sample.plainReads()).isEqualTo(6);
    assertThat(sample.plainWrites()).isEqualTo(3);
    assertThat(sample.reads()).isEmpty();
    assertThat(sample.statusAt()).isEmpty();
  }

  /** Unseen, they would make a server that writes with KMS v1 look like one that writes plain. */
  @Test
  void kmsV1NamesNoKey_itsReadsAndWritesCountUnderWhatStoredValuesBeginWith() throws IOException {
    ReplicaSample sample = read(text("metrics-kms-v1.txt"));

    KeyIdHash v1 = new KeyIdHash("k8s:enc:kms:v1:azurekmsprovider-e6e66a32:");
    assertThat(sample.reads()).isEqualTo(Map.of(v1, 100L));
    assertThat(sample.writes()).isEqualTo(Map.of(v1, 100L));
    assertThat(sample.plainReads()).isZero();
    assertThat(sample.plainWrites()).isZero();
    assertThat(sample.statusAt()).isEmpty();
    assertThat(sample.replica()).isEqualTo(REPLICA);
  }

  @Test
  void aKeyUnderTwoProviderNamesCountsTogetherAndItsLatestTimeHolds() throws IOException {
    String key = "apiserver_envelope_encryption_key_id_hash_";
    String labels =
        "apiserver_id_hash=\"r\",key_id_hash=\"k\",transformation_type=\"to_storage\",provider_name=";
    ReplicaSample sample =
        read(
            LEAST
                + key
                + "total{"
                + labels
                + "\"old\"} 3\n"
                + key
                + "total{"
                + labels
                + "\"new\"} 1.5e+06\n"
                + key
                + "last_timestamp_seconds{"
                + labels
                + "\"new\"} 200.5\n"
                + key
                + "last_timestamp_seconds{"
                + labels
                + "\"old\"} 100\n");

    assertThat(sample.writes()).isEqualTo(Map.of(new KeyIdHash("k"), 1_500_003L));
    assertThat(sample.lastWriteAt())
        .isEqualTo(Map.of(new KeyIdHash("k"), Instant.ofEpochMilli(200_500)));
  }

  @Test
  void otherResourcesDoNotCount() throws IOException {
    String line =
        "apiserver_storage_transformation_operations_total{resource=\"configmaps\",status=\"OK\","
            + "transformation_type=\"from_storage\",transformer_prefix=\"identity\"} 7\n";

    assertThat(read(LEAST + line).plainReads()).isZero();
    assertThat(read(LEAST + line.replace("configmaps", "secrets")).plainReads()).isEqualTo(7);
    assertThat(read(LEAST + line.replace("resource=\"configmaps\",", "")).plainReads())
        .isEqualTo(7);
  }

  @Test
  void aServerWithoutAnEncryptionConfigurationIsNamedByItsStart() throws IOException {
    ReplicaSample sample = read("process_start_time_seconds 1\n");

    assertThat(sample.replica()).isEqualTo(ReplicaSample.unnamed(Instant.ofEpochSecond(1)));
    assertThat(ReplicaSample.isUnnamed(sample.replica())).isTrue();
  }

  @Test
  void anOldServerUnderKmsV1TellsNoName_itIsNamedByItsStartAndItsCountsHold() throws IOException {
    ReplicaSample sample = read(text("metrics-kms-v1-1.31.txt"));

    assertThat(ReplicaSample.isUnnamed(sample.replica())).isTrue();
    assertThat(sample.reads().get(new KeyIdHash("k8s:enc:kms:v1:azurekmsprovider-e6e66a32:")))
        .isPositive();
    assertThat(sample.configurationHash()).isNull();
  }

  @Test
  void metricsThatNameTwoServersOrNoStartAreRefused() {
    assertThatThrownBy(() -> read(LEAST + LEAST.replace("\"r\"", "\"other\"")))
        .isInstanceOf(NotUnderstood.class)
        .hasMessageContaining("two API servers");
    assertThatThrownBy(() -> read(LEAST.replace("process_start", "other")))
        .isInstanceOf(NotUnderstood.class);
  }

  @Test
  void aTextThatEndsInALineIsCutOff() {
    assertThatThrownBy(() -> read(LEAST + "go_goroutines 1")).isInstanceOf(EOFException.class);
    assertThatThrownBy(() -> read(LEAST.stripTrailing())).isInstanceOf(EOFException.class);
  }

  @Test
  void aValueThatIsNoNumberIsRefused() {
    for (String value : new String[] {"NaN", "+Inf", "x", ""}) {
      assertThatThrownBy(() -> read("process_start_time_seconds " + value + "\n"))
          .as(value)
          .isInstanceOf(NotUnderstood.class);
    }
  }

  @Test
  void megabytesOfOtherLinesArePassedOver() throws IOException {
    String other =
        ("apiserver_request_duration_seconds_bucket{le=\"" + "x".repeat(200) + "\"} 1\n")
            .repeat(20_000);
    String monster = "monster{l=\"" + "y".repeat(1_000_000) + "\"} 1\n";

    assertThat(read(other + monster + LEAST + other).replica()).isEqualTo("r");
  }

  @Test
  void aWantedLineOfEndlessLengthIsRefused() {
    String line =
        "apiserver_encryption_config_controller_x{l=\"" + "y".repeat(1_000_000) + "\"} 1\n";

    assertThatThrownBy(() -> read(LEAST + line)).isInstanceOf(NotUnderstood.class);
  }
}
