package dev.rekey.app;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A warm connection in the hands of one use case, whose close gives it back. */
final class BorrowedConnection implements ApiServers {
  private final WarmConnection warm;
  private final AtomicBoolean givenBack = new AtomicBoolean();

  BorrowedConnection(WarmConnection warm) {
    this.warm = warm;
  }

  @Override
  public SecretsPage listSecrets(String namespace, @Nullable String next, int most) {
    return watched(() -> warm.servers().listSecrets(namespace, next, most));
  }

  @Override
  public Listing<String> listNamespaces(@Nullable String next) {
    return watched(() -> warm.servers().listNamespaces(next));
  }

  @Override
  public List<ReplicaLease> leases() {
    return watched(() -> warm.servers().leases());
  }

  @Override
  public ReplicaSample sample() {
    return watched(() -> warm.servers().sample());
  }

  @Override
  public Probe probe(List<SecretRef> secrets) {
    return watched(() -> warm.servers().probe(secrets));
  }

  @Override
  public PatchLane openLane(PatchMode mode) {
    return warm.servers().openLane(mode);
  }

  @Override
  public void close() {
    if (givenBack.compareAndSet(false, true)) {
      warm.giveBack();
    }
  }

  /** A credential or an address that no longer serves is looked up anew by the next one. */
  private <T> T watched(Supplier<T> call) {
    try {
      return call.get();
    } catch (OutsideFault fault) {
      boolean stale =
          fault.kind() == OutsideFault.Kind.UNAUTHENTICATED
              || fault.kind() == OutsideFault.Kind.UNREACHABLE;
      if (stale) {
        warm.retire();
      }
      throw fault;
    }
  }
}
