package dev.rekey.app.commandline;

import dev.rekey.key.KeyId;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Order;
import dev.rekey.operation.Origin;
import dev.rekey.operation.step.PlanHash;
import dev.rekey.service.OperationRequest;
import dev.rekey.service.RequestAnswer;
import dev.rekey.service.SteerAnswer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A person in the simulated world who leads a cluster back to the key version before: the new one
 * was disabled just when AKS took it, so that no API server could load it.
 */
final class SimulatedReturn {
  private static final Duration PATIENCE = Duration.ofDays(1);
  private static final String WHO = "somebody";
  private static final String WHY = "the new version was disabled by mistake";

  private final SimulatedRekey world;
  private int said;

  SimulatedReturn(SimulatedRekey world) {
    this.world = world;
  }

  /** A rotation that has stalled: its target was disabled as soon as AKS had taken it. */
  Operation stalledRotation() throws InterruptedException {
    Operation rotation = world.ask(Kind.ROTATE);
    return world.process().run(rotation, any -> disableWhenTaken(rotation), PATIENCE);
  }

  private void disableWhenTaken(Operation rotation) {
    if (!world.arm().acceptedUpdates().isEmpty()) {
      world.vault().setEnabled(target(rotation), false);
    }
  }

  /** What came of asking for the way back, or for another kind of operation instead. */
  RequestAnswer request(Kind kind) {
    return world
        .process()
        .request(
            new OperationRequest(
                world.name(),
                kind,
                null,
                null,
                null,
                null,
                new Origin(Origin.Trigger.HTTP, WHO, WHY, "wish-" + ++said)));
  }

  /** The same, up to the plan that waits for approval. */
  Operation asked() throws InterruptedException {
    Operation begun = ((RequestAnswer.Accepted) request(Kind.RETURN)).operation();
    return world.process().run(begun, any -> {}, PATIENCE);
  }

  SteerAnswer steer(Operation operation, Order.Action action, @Nullable String planHash) {
    Order order = new Order(action, WHO, WHY, world.time().instant(), "order-" + ++said, planHash);
    return world.process().steer(operation, order);
  }

  /** The plan approved, with the version that is left usable again: AKS leaves no other. */
  Operation approved(Operation returning) {
    SteerAnswer answer = steer(returning, Order.Action.APPROVE, PlanHash.of(returning));
    world.vault().setEnabled(Objects.requireNonNull(returning.from()), true);
    return ((SteerAnswer.Accepted) answer).operation();
  }

  /** All of it, up to the approval. */
  Operation approvedReturn() throws InterruptedException {
    stalledRotation();
    return approved(asked());
  }

  private static KeyId target(Operation rotation) {
    return Objects.requireNonNull(rotation.to());
  }
}
