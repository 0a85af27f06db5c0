package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.ManagedCluster;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.util.function.Supplier;

/** What ARM answers, in the port's words. */
final class ArmView {
  private ArmView() {}

  /** Makes a call, and turns a refusal into the fault that an adapter would make of it. */
  static <T> T call(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (ArmRefusal refusal) {
      throw fault(what, refusal);
    } catch (LostCall lost) {
      throw fault(OutsideFault.Kind.TIMED_OUT, "the update of " + what + " wasn't answered");
    }
  }

  static ManagedCluster cluster(String what, Supplier<ObjectNode> request) {
    return view(what, () -> ClusterView.of(request.get()));
  }

  static ManagedCluster view(String what, Supplier<ManagedCluster> request) {
    ManagedCluster cluster = call("the cluster " + what, request);
    if (cluster.etag().isEmpty()) {
      throw fault(OutsideFault.Kind.MALFORMED, "the cluster " + what + " is shown without an ETag");
    }
    return cluster;
  }

  static void checkUnchanged(ObjectNode body, KmsSettings from, String etag) {
    ManagedCluster cluster = cluster(body.path("name").asText(), () -> body);
    boolean same = cluster.isAt(from);
    if (!same || !cluster.etag().equals(etag)) {
      String what = same ? "has changed" : "has other settings of KMS";
      throw fault(
          OutsideFault.Kind.CHANGED_MEANWHILE,
          "the cluster " + cluster.name() + " " + what + " since it was read");
    }
  }

  static void checkEtag(ObjectNode body, String etag) {
    ManagedCluster cluster = cluster(body.path("name").asText(), () -> body);
    if (!cluster.etag().equals(etag)) {
      throw fault(
          OutsideFault.Kind.CHANGED_MEANWHILE,
          "the cluster " + cluster.name() + " has changed since it was read");
    }
  }

  /** Somebody else may have the right to open a vault, or to close it. */
  static OutsideFault withCommand(OutsideFault fault, String vault, boolean open) {
    String wanted = " --public-network-access " + (open ? "Enabled" : "Disabled");
    return fault(
        fault.kind(),
        fault.getMessage() + "; or have somebody type: az keyvault update --ids " + vault + wanted);
  }

  private static OutsideFault fault(String what, ArmRefusal refusal) {
    ArmRefusal.MissingRight missing = refusal.missingRight();
    if (missing != null) {
      return fault(
          OutsideFault.Kind.FORBIDDEN,
          "the identity lacks " + missing.action() + " on " + missing.scope());
    }
    return switch (refusal.status()) {
      case 404 -> fault(OutsideFault.Kind.NOT_FOUND, "there is no such thing: " + what);
      case 409 -> fault(OutsideFault.Kind.CONFLICT, "another change of " + what + " is under way");
      case 412 ->
          fault(OutsideFault.Kind.CHANGED_MEANWHILE, what + " has changed since it was read");
      case 429 ->
          new OutsideFault(
              OutsideSystem.ARM,
              OutsideFault.Kind.BUSY,
              "Azure Resource Manager asks to come back later",
              refusal.retryAfter(),
              null);
      case 500 -> fault(OutsideFault.Kind.BROKEN, "Azure Resource Manager fails over " + what);
      default -> fault(OutsideFault.Kind.REJECTED, "the request for " + what + " is refused");
    };
  }

  private static OutsideFault fault(OutsideFault.Kind kind, String message) {
    return new OutsideFault(OutsideSystem.ARM, kind, message);
  }
}
