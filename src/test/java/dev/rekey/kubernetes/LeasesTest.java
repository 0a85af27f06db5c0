package dev.rekey.kubernetes;

import static dev.rekey.kubernetes.Fixtures.stream;
import static dev.rekey.kubernetes.Fixtures.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.reencryption.ReplicaLease;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeasesTest {

  /** The lease and the metrics in the fixtures are of the same server. */
  @Test
  void aLeaseBearsTheNameThatTheMetricsGiveTheServer() throws IOException {
    String replica = EncryptionMetrics.read(stream(text("metrics-kms-v2.txt"))).replica();

    assertThat(Leases.read(stream(text("leases.json"))))
        .singleElement()
        .satisfies(
            lease -> {
              assertThat(lease.replica()).isEqualTo(replica);
              assertThat(lease.renewedAt())
                  .isBetween(
                      Instant.parse("2026-11-24T08:24:00Z"), Instant.parse("2026-11-24T08:40:00Z"));
            });
  }

  @Test
  void aListCutOffIsRefused() {
    String list = text("leases.json");

    assertThatThrownBy(() -> Leases.read(stream(list.substring(0, list.length() / 2))))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLeaseThatWasNeverRenewedIsRefusedSinceItsServerMayLive() {
    String list = text("leases.json").replace("renewTime", "otherTime");

    assertThatThrownBy(() -> Leases.read(stream(list))).isInstanceOf(NotUnderstood.class);
  }

  @Test
  void noLeasesAreNone() throws IOException {
    assertThat(Leases.read(stream("{\"kind\":\"LeaseList\",\"items\":[]}")))
        .isEqualTo(java.util.List.<ReplicaLease>of());
  }

  @Test
  void anotherKindIsRefused() {
    assertThatThrownBy(() -> Leases.read(stream("{\"kind\":\"Status\",\"items\":[]}")))
        .isInstanceOf(NotUnderstood.class);
  }
}
