package dev.rekey.size;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * API servers whose clients can be killed in the middle of their work, with patches in flight.
 *
 * @param killed asked before each patch
 */
record MortalApiServers(ApiServers servers, BooleanSupplier killed) implements ApiServers {

  @Override
  public PatchLane openLane(PatchMode mode) {
    PatchLane lane = servers.openLane(mode);
    return new PatchLane() {
      @Override
      public void submit(SecretRef secret) {
        if (killed.getAsBoolean()) {
          throw new Killed();
        }
        lane.submit(secret);
      }

      @Override
      public Look take(Instant until) {
        return lane.take(until);
      }

      @Override
      public void close() {
        lane.close();
      }
    };
  }

  @Override
  public SecretsPage listSecrets(String namespace, String next, int most) {
    return servers.listSecrets(namespace, next, most);
  }

  @Override
  public Listing<String> listNamespaces(String next) {
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
  public void close() {
    servers.close();
  }
}
