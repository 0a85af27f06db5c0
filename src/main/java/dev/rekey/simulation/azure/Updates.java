package dev.rekey.simulation.azure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.NetworkAccess;
import dev.rekey.operation.UpdateProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous operations of ARM. Nothing runs by itself: an update's end is found when
 * somebody looks, which makes it the same in virtual time and in real time.
 */
final class Updates {
  private final InstantSource time;
  private final RandomGenerator random;
  private final KeyValidation validation;
  private final ControlPlane controlPlane;
  private final Duration takes;
  private final Consumer<String> connect;
  private final Map<ClusterDocument, Running> running = new HashMap<>();
  private final Map<String, UpdateProgress> progress = new HashMap<>();

  /** An update under way, with its address. */
  private record Running(String address, RunningUpdate update) {}

  /**
   * Updates of which none is under way.
   *
   * @param connect makes a private endpoint to a vault, as AKS does with the identity's rights
   */
  Updates(
      InstantSource time,
      RandomGenerator random,
      KeyValidation validation,
      ControlPlane controlPlane,
      Duration takes,
      Consumer<String> connect) {
    this.time = time;
    this.random = random;
    this.validation = validation;
    this.controlPlane = controlPlane;
    this.takes = takes;
    this.connect = connect;
  }

  /**
   * Accepts an update, and gives its address. One that is under way ends by that.
   *
   * @param body what is put in place of the body so far
   * @param to the settings of KMS that it names
   */
  String accept(
      ClusterDocument document, ObjectNode body, KmsSettings to, @Nullable UpdateFault fault) {
    JsonNode before = document.kms();
    document.replace(body);
    RunningUpdate update = plan(before, document, to, fault);
    if (update.moves()) {
      move(document, to);
    }
    document.change(document.isToBeUpgraded() ? "Upgrading" : "Updating", document.kms());
    String address = "https://management.azure.com" + operations(document) + Guids.next(random);
    Running overtaken = running.put(document, new Running(address, update));
    if (overtaken != null) {
      progress.put(
          overtaken.address(), new UpdateProgress(UpdateProgress.State.FAILED, "Canceled"));
    }
    progress.put(address, new UpdateProgress(UpdateProgress.State.RUNNING, null));
    return address;
  }

  private void move(ClusterDocument document, KmsSettings to) {
    if (to.access() == NetworkAccess.PRIVATE && to.vaultResourceId() != null) {
      connect.accept(to.vaultResourceId());
    }
    if (document.isToBeUpgraded()) {
      controlPlane.upgrade(document.name(), document.wantedKubernetes());
    } else {
      controlPlane.roll(document.name(), to.key());
    }
  }

  private RunningUpdate plan(
      JsonNode before, ClusterDocument document, KmsSettings to, @Nullable UpdateFault fault) {
    Instant now = time.instant();
    JsonNode after = document.kms();
    String version = document.isToBeUpgraded() ? document.wantedKubernetes() : null;
    Optional<String> problem = validation.problem(ClusterView.kms(before), to);
    if (problem.isPresent()) {
      return new RunningUpdate(now, takes, false, problem.get(), before, null);
    }
    if (fault == UpdateFault.FAILS_BEFORE_MOVE) {
      return new RunningUpdate(now, takes, false, "InternalServerError", before, null);
    }
    if (fault == UpdateFault.FAILS_AFTER_MOVE) {
      return new RunningUpdate(now, takes, true, "InternalServerError", after, version);
    }
    if (fault == UpdateFault.FAILS_AFTER_MOVE_UNSEEN) {
      return new RunningUpdate(now, takes, true, "InternalServerError", before, null);
    }
    return new RunningUpdate(now, takes, true, null, after, version);
  }

  /** Ends the cluster's update if its time has come. */
  void settle(ClusterDocument document) {
    Running under = running.get(document);
    if (under == null || !under.update().hasRunLongEnough(time.instant())) {
      return;
    }
    boolean moved = !under.update().moves() || controlPlane.hasRolled(document.name());
    if (moved) {
      end(document, under.address(), under.update());
    } else if (under.update().isOverdue(time.instant())) {
      end(document, under.address(), under.update().timedOut());
    }
  }

  private void end(ClusterDocument document, String address, RunningUpdate update) {
    String version = update.upgradeTo();
    if (version != null) {
      document.runs(version);
    }
    document.change(update.provisioningStateAtEnd(), update.kmsAtEnd());
    progress.put(address, update.progressAtEnd());
    running.remove(document);
  }

  /** How the update at an address stands; empty if there never was one. */
  Optional<UpdateProgress> progress(String address) {
    return Optional.ofNullable(progress.get(address));
  }

  private static String operations(ClusterDocument document) {
    String[] segments = document.resourceId().split("/", 4);
    return "/subscriptions/"
        + segments[2]
        + "/providers/Microsoft.ContainerService/locations/westeurope/operations/";
  }
}
