package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.key.KeyId;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.operation.UpdateProgress;
import dev.rekey.service.port.ManagedClusters;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Azure Resource Manager with AKS behind it: clusters as JSON documents, ETags that move with every
 * change, one update of a cluster at a time, and its asynchronous end. Thread-safe. The random
 * source must be used by nobody else on another thread.
 */
public final class SimulatedArm implements ManagedClusters {
  private static final String ASSIGN =
      "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action";

  private final RandomGenerator random;
  private final Updates updates;
  private final Map<String, ClusterDocument> clusters = new TreeMap<>();
  private final Queue<UpdateFault> faults = new ArrayDeque<>();
  private final List<AcceptedUpdate> accepted = new ArrayList<>();
  private boolean assignRefused;
  private int callsToThrottle;
  private Duration retryAfter = Duration.ZERO;

  /**
   * An ARM without clusters.
   *
   * @param updateTakes how long an update runs at least; it ends when the control plane has rolled
   *     as well
   */
  public SimulatedArm(
      InstantSource time,
      RandomGenerator random,
      SimulatedVault vault,
      ControlPlane controlPlane,
      Duration updateTakes) {
    this.random = random;
    this.updates =
        new Updates(time, random, new KeyValidation(vault, time), controlPlane, updateTakes);
  }

  /** Makes a cluster that has been there for long: nothing is rolled. */
  public ClusterName add(NewCluster cluster) {
    return add(cluster.body());
  }

  /** Makes a cluster of a body as ARM shows it. */
  public synchronized ClusterName add(ObjectNode body) {
    ClusterDocument document = new ClusterDocument(body, random);
    clusters.put(document.name().value(), document);
    return document.name();
  }

  /**
   * The body as it stands, without a call that is counted or refused: what an oracle may look at.
   */
  public synchronized ObjectNode body(ClusterName cluster) {
    return settled(cluster).copy();
  }

  /** Somebody else changes the body; the ETag moves. */
  public synchronized void changedByAnother(ClusterName cluster, Consumer<ObjectNode> change) {
    settled(cluster).changedBy(change);
  }

  /** Somebody else starts an update of the key, whatever is under way. */
  public synchronized void rotatedByAnother(ClusterName cluster, KeyId to) {
    updates.accept(settled(cluster), to, null);
  }

  /** Lets the next update go wrong; called again, the one after it. */
  public synchronized void failNextUpdate(UpdateFault fault) {
    faults.add(fault);
  }

  /** Answers the next calls with 429. */
  public synchronized void throttle(int calls, Duration comeBackAfter) {
    callsToThrottle = calls;
    retryAfter = comeBackAfter;
  }

  /** Whether the caller lacks the right to assign the clusters' user-assigned identities. */
  public synchronized void refuseAssign(boolean refused) {
    assignRefused = refused;
  }

  /** Every update that ARM has accepted through the port, in order. */
  public synchronized List<AcceptedUpdate> acceptedUpdates() {
    return List.copyOf(accepted);
  }

  @Override
  public synchronized List<ManagedCluster> list() {
    checkThrottle();
    return clusters.keySet().stream().map(name -> settled(new ClusterName(name)).view()).toList();
  }

  @Override
  public synchronized ManagedCluster read(ClusterName cluster) {
    checkThrottle();
    return settled(cluster).view();
  }

  @Override
  public synchronized String updateKeyId(ClusterName cluster, KeyId from, KeyId to, String etag) {
    if (etag.isBlank()) {
      throw new IllegalArgumentException("ARM takes a blank ETag as none");
    }
    checkThrottle();
    ClusterDocument document = settled(cluster);
    checkUnchanged(document, from, etag);
    checkLinkedAccess(document);
    checkNotUpdating(document);
    return send(document, to);
  }

  private String send(ClusterDocument document, KeyId to) {
    @Nullable UpdateFault fault = faults.poll();
    if (fault == UpdateFault.LOST_REQUEST) {
      throw timedOut(document);
    }
    String address = updates.accept(document, to, fault);
    accepted.add(new AcceptedUpdate(document.name(), to));
    if (fault == UpdateFault.LOST_REPLY) {
      throw timedOut(document);
    }
    return address;
  }

  @Override
  public synchronized UpdateProgress progress(String asynchronousOperation) {
    checkThrottle();
    clusters.values().forEach(updates::settle);
    return updates
        .progress(asynchronousOperation)
        .orElseThrow(
            () -> fault(OutsideFault.Kind.NOT_FOUND, "there is no such asynchronous operation"));
  }

  private ClusterDocument settled(ClusterName cluster) {
    ClusterDocument document = clusters.get(cluster.value());
    if (document == null) {
      throw fault(OutsideFault.Kind.NOT_FOUND, "there is no cluster " + cluster);
    }
    updates.settle(document);
    return document;
  }

  private void checkThrottle() {
    if (callsToThrottle > 0) {
      callsToThrottle--;
      throw new OutsideFault(
          OutsideSystem.ARM,
          OutsideFault.Kind.BUSY,
          "Azure Resource Manager asks to come back later",
          retryAfter,
          null);
    }
  }

  private static void checkUnchanged(ClusterDocument document, KeyId from, String etag) {
    boolean sameKey = from.url().equalsIgnoreCase(document.keyId());
    if (!sameKey || !document.etag().equals(etag)) {
      String what = sameKey ? "has changed" : "names another key";
      throw fault(
          OutsideFault.Kind.CHANGED_MEANWHILE,
          "the cluster " + document.name() + " " + what + " since it was read");
    }
  }

  /**
   * ARM asks for the right to assign on every update, even one that leaves the identities alone.
   */
  private void checkLinkedAccess(ClusterDocument document) {
    List<String> identities = document.identities();
    if (assignRefused && !identities.isEmpty()) {
      throw fault(
          OutsideFault.Kind.FORBIDDEN,
          "the identity lacks "
              + ASSIGN
              + " on "
              + identities.get(0)
              + "; give it the role Managed Identity Operator there");
    }
  }

  private static void checkNotUpdating(ClusterDocument document) {
    if (document.provisioningState().equals("Updating")) {
      throw fault(
          OutsideFault.Kind.CONFLICT,
          "another change of the cluster " + document.name() + " is under way");
    }
  }

  private static OutsideFault timedOut(ClusterDocument document) {
    return fault(
        OutsideFault.Kind.TIMED_OUT,
        "the update of the cluster " + document.name() + " was not answered in time");
  }

  private static OutsideFault fault(OutsideFault.Kind kind, String message) {
    return new OutsideFault(OutsideSystem.ARM, kind, message);
  }
}
