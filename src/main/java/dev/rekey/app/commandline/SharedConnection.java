package dev.rekey.app.commandline;

import dev.rekey.operation.ClusterName;
import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.Kubernetes;
import dev.rekey.service.port.PatchLane;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the connection to one cluster open across use cases, so that its warm connections serve all
 * of them.
 */
final class SharedConnection implements Kubernetes, AutoCloseable {
  private final Kubernetes kubernetes;
  private @Nullable ApiServers open;

  SharedConnection(Kubernetes kubernetes) {
    this.kubernetes = kubernetes;
  }

  @Override
  public ApiServers connect(ClusterName cluster) {
    ApiServers shared = open;
    if (shared == null) {
      shared = kubernetes.connect(cluster);
      open = shared;
    }
    return new Borrowed(shared);
  }

  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }

  /** The shared connection in the hands of one use case, which can't close it. */
  private record Borrowed(ApiServers shared) implements ApiServers {
    @Override
    public Listing<SecretRef> listSecrets(String namespace, @Nullable String next) {
      return shared.listSecrets(namespace, next);
    }

    @Override
    public Listing<String> listNamespaces(@Nullable String next) {
      return shared.listNamespaces(next);
    }

    @Override
    public List<ReplicaLease> leases() {
      return shared.leases();
    }

    @Override
    public ReplicaSample sample() {
      return shared.sample();
    }

    @Override
    public Probe probe(List<SecretRef> secrets) {
      return shared.probe(secrets);
    }

    @Override
    public PatchLane openLane(PatchMode mode) {
      return shared.openLane(mode);
    }

    @Override
    public void close() {
      // The owner closes it.
    }
  }
}
