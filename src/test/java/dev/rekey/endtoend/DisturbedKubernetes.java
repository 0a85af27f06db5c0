package dev.rekey.endtoend;

import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The adapter, with a test's interference around lists and patches; dry runs are left alone. */
final class DisturbedKubernetes implements Kubernetes {
  private final Kubernetes kubernetes;
  volatile Interference interference = Interference.NONE;

  DisturbedKubernetes(Kubernetes kubernetes) {
    this.kubernetes = kubernetes;
  }

  @Override
  public ApiServers connect(ClusterName cluster) {
    return new Servers(kubernetes.connect(cluster));
  }

  private final class Servers implements ApiServers {
    private final ApiServers servers;

    Servers(ApiServers servers) {
      this.servers = servers;
    }

    @Override
    public SecretsPage listSecrets(String namespace, @Nullable String next, int most) {
      SecretsPage page = servers.listSecrets(namespace, next, most);
      if (page instanceof SecretsPage.Names names) {
        interference.afterPage(namespace, new Listing<>(names.secrets(), names.next()));
      }
      return page;
    }

    @Override
    public Listing<String> listNamespaces(@Nullable String next) {
      return servers.listNamespaces(next);
    }

    @Override
    public List<ReplicaLease> leases() {
      return servers.leases();
    }

    @Override
    public ReplicaSample sample() {
      return servers.sample();
    }

    @Override
    public Probe probe(List<SecretRef> secrets) {
      return servers.probe(secrets);
    }

    @Override
    public PatchLane openLane(PatchMode mode) {
      PatchLane lane = servers.openLane(mode);
      return mode == PatchMode.APPLY ? new Lane(lane) : lane;
    }

    @Override
    public void close() {
      servers.close();
    }
  }

  private final class Lane implements PatchLane {
    private final PatchLane lane;
    private int inFlight;

    Lane(PatchLane lane) {
      this.lane = lane;
    }

    @Override
    public void submit(SecretRef secret) {
      interference.beforePatch(secret, inFlight);
      inFlight++;
      lane.submit(secret);
    }

    @Override
    public @Nullable Look take(Instant until) {
      Look look = lane.take(until);
      if (look != null) {
        inFlight--;
        interference.afterLook(look);
      }
      return look;
    }

    @Override
    public void close() {
      lane.close();
    }
  }
}
