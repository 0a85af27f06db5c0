package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.refusal.Refusal;
import dev.rekey.simulation.cluster.refusal.Refusals;
import dev.rekey.simulation.cluster.replica.SecretRequests;
import dev.rekey.simulation.cluster.replica.SimulatedReplica;
import dev.rekey.simulation.cluster.secret.SecretContent;
import java.util.function.UnaryOperator;

/**
 * Somebody else at work: what they do moves resourceVersions and counters while we look. To let
 * something happen at a given time, schedule it: {@code time.at(then, () -> client.edit(…))}.
 *
 * <p>Each method tells whether it worked; nobody is there to hear why not.
 */
public final class OtherClient {
  private final LoadBalancer loadBalancer;
  private final Namespaces namespaces;

  OtherClient(LoadBalancer loadBalancer, Namespaces namespaces) {
    this.loadBalancer = loadBalancer;
    this.namespaces = namespaces;
  }

  /** A request to one API server. */
  private interface Request {
    void send(SecretRequests server) throws Refusal;
  }

  public boolean create(String namespace, String name, SecretContent content) {
    return ask(
        server -> {
          if (namespaces.isTerminating(namespace)) {
            throw Refusals.terminating(namespace, name);
          }
          namespaces.add(namespace);
          server.create(SecretKey.of(namespace, name), content.toBytes());
        });
  }

  public boolean edit(String namespace, String name, UnaryOperator<SecretContent> change) {
    UnaryOperator<byte[]> bytes =
        content -> change.apply(SecretContent.fromBytes(content)).toBytes();
    return ask(server -> server.edit(SecretKey.of(namespace, name), bytes));
  }

  public boolean delete(String namespace, String name) {
    return ask(server -> server.delete(SecretKey.of(namespace, name)));
  }

  /** Deletes it and makes another of the same name, which has another uid. */
  public boolean recreate(String namespace, String name, SecretContent content) {
    return delete(namespace, name) && create(namespace, name, content);
  }

  /** Reads from etcd, which counts. */
  public boolean get(String namespace, String name) {
    return ask(server -> server.get(SecretKey.of(namespace, name)));
  }

  private boolean ask(Request request) {
    SimulatedReplica replica = loadBalancer.connect();
    if (replica == null) {
      return false;
    }
    try {
      request.send(replica.secrets());
      return true;
    } catch (Refusal refused) {
      return false;
    }
  }
}
