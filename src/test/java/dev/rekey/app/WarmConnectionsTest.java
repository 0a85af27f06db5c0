package dev.rekey.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmConnectionsTest {
  private static final ClusterName ONE = new ClusterName("one");
  private static final ClusterName TWO = new ClusterName("two");

  private final List<Opened> opened = new ArrayList<>();
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");
  private final WarmConnections warm =
      new WarmConnections(this::open, () -> now, Duration.ofMinutes(10));

  @Test
  void connectedAgain_theSameConnectionServes() {
    warm.connect(ONE).close();
    warm.connect(ONE).close();
    warm.connect(TWO).close();

    assertThat(opened).extracting(one -> one.cluster).containsExactly(ONE, TWO);
    assertThat(opened).noneMatch(one -> one.closed);
  }

  @Test
  void old_isOpenedAnewAndTheOldOneCloses() {
    warm.connect(ONE).close();
    now = now.plus(Duration.ofMinutes(11));

    warm.connect(ONE).close();

    assertThat(opened).extracting(one -> one.closed).containsExactly(true, false);
  }

  @Test
  void oldWhileInUse_closesOnlyWhenItIsGivenBack() {
    ApiServers first = warm.connect(ONE);
    now = now.plus(Duration.ofMinutes(11));
    warm.connect(ONE).close();
    assertThat(opened.get(0).closed).isFalse();

    first.close();
    first.close();

    assertThat(opened).extracting(one -> one.closed).containsExactly(true, false);
  }

  @Test
  void credentialIsRefused_theNextOneIsOpenedAnew() {
    ApiServers first = warm.connect(ONE);
    opened.get(0).fault = OutsideFault.Kind.UNAUTHENTICATED;
    assertThatThrownBy(first::leases).isInstanceOf(OutsideFault.class);
    first.close();

    warm.connect(ONE).close();

    assertThat(opened).extracting(one -> one.closed).containsExactly(true, false);
  }

  @Test
  void busy_isNoReasonToOpenAnother() {
    ApiServers first = warm.connect(ONE);
    opened.get(0).fault = OutsideFault.Kind.BUSY;
    assertThatThrownBy(first::leases).isInstanceOf(OutsideFault.class);
    first.close();

    warm.connect(ONE).close();

    assertThat(opened).hasSize(1);
  }

  @Test
  void closed_closesAll() {
    warm.connect(ONE).close();
    warm.connect(TWO).close();

    warm.close();

    assertThat(opened).allMatch(one -> one.closed);
  }

  private ApiServers open(ClusterName cluster) {
    Opened one = new Opened(cluster);
    opened.add(one);
    return one;
  }

  private static final class Opened implements ApiServers {
    private final ClusterName cluster;
    private OutsideFault.Kind fault;
    private boolean closed;

    private Opened(ClusterName cluster) {
      this.cluster = cluster;
    }

    @Override
    public List<ReplicaLease> leases() {
      if (fault != null) {
        throw new OutsideFault(OutsideSystem.API_SERVER, fault, "told to");
      }
      return List.of();
    }

    @Override
    public SecretsPage listSecrets(String namespace, String next, int most) {
      throw new AssertionError("not asked for");
    }

    @Override
    public Listing<String> listNamespaces(String next) {
      throw new AssertionError("not asked for");
    }

    @Override
    public ReplicaSample sample() {
      throw new AssertionError("not asked for");
    }

    @Override
    public Probe probe(List<SecretRef> secrets) {
      throw new AssertionError("not asked for");
    }

    @Override
    public PatchLane openLane(PatchMode mode) {
      throw new AssertionError("not asked for");
    }

    @Override
    public void close() {
      assertThat(closed).isFalse();
      closed = true;
    }
  }
}
