package dev.rekey.app.commandline;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import dev.rekey.simulation.cluster.etcd.StoredSecret;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that somebody has rotated twice by hand without rewriting the Secrets: those that
 * nobody has written since lie under a key version that AKS has dropped (Azure/kubernetes-kms#291).
 */
final class SimulatedDroppedKey {
  private static final Duration PATIENCE = Duration.ofDays(1);

  /** Of so many Secrets one is written under each version by others. */
  private static final int ONE_OF = 10;

  private static final Origin APPROVER =
      new Origin(Origin.Trigger.COMMAND_LINE, "somebody else", "the plan was read");

  private final SimulatedRekey world;
  private int said;

  SimulatedDroppedKey(SimulatedRekey world) {
    this.world = world;
  }

  /** The recovery that a person asks for and another one approves. */
  Operation approved() throws InterruptedException {
    rotatedTwice();
    return approve(asked(null));
  }

  /** Most Secrets lie under the first version then, some under each of the two in the slots. */
  void rotatedTwice() {
    world.process().reconcile();
    List<StoredSecret> secrets = world.cluster().oracle().secrets();
    for (int move = 0; move < 2; move++) {
      moveByHand();
      for (int number = move; number < secrets.size(); number += ONE_OF) {
        edit(secrets.get(number));
      }
    }
  }

  KeyId moveByHand() {
    world.time().advance(Duration.ofHours(6));
    KeyId made = world.vault().createVersion(SimulatedRekey.KEY);
    world.vault().takeEvents();
    world.arm().rotatedByAnother(world.name(), made);
    world.time().advance(Duration.ofHours(1));
    return made;
  }

  private void edit(StoredSecret secret) {
    world
        .cluster()
        .otherClient()
        .edit(
            secret.key().namespace(),
            secret.key().name(),
            content -> content.withAnnotation("edited", "by others"));
  }

  /** What came of asking for it. */
  RequestAnswer request(@Nullable KeyId missing) {
    Origin origin =
        new Origin(Origin.Trigger.HTTP, "somebody", "Secrets can't be read", "wish-" + ++said);
    return world
        .process()
        .request(
            new OperationRequest(
                world.name(), Kind.RECOVER_DROPPED_KEY, null, missing, null, null, origin));
  }

  /**
   * The recovery that a person asks for, when its plan is to be approved.
   *
   * @param missing the version to bring back; null for the one that shows
   */
  Operation asked(@Nullable KeyId missing) throws InterruptedException {
    Operation begun = ((RequestAnswer.Accepted) request(missing)).operation();
    return world.process().run(begun, any -> {}, PATIENCE);
  }

  Operation approve(Operation planned) {
    world.process().approve(planned, APPROVER);
    return world.process().unfinished(world.name()).orElseThrow();
  }
}
