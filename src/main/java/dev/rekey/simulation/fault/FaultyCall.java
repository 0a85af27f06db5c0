package dev.rekey.simulation.fault;

import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A call at which something happens. */
final class FaultyCall {
  private static final Duration LATE = Duration.ofHours(2);

  /** What is sent comes first, and then after how long it arrives. */
  private static final int DELAY = 1;

  private final OutsideCall call;
  private final Fault fault;
  private final Instances instances;

  FaultyCall(OutsideCall call, Fault fault, Instances instances) {
    this.call = call;
    this.fault = fault;
    this.instances = instances;
  }

  /** The call as it would be without a fault. */
  @FunctionalInterface
  interface Effect {
    @Nullable Object have() throws Throwable;
  }

  /**
   * Makes the call, or doesn't.
   *
   * @param arguments of the call; the effect is had with what they are by then
   * @return what the caller gets, unless it gets an error
   */
  @Nullable Object make(Effect effect, Object real, @Nullable Object[] arguments) throws Throwable {
    PatchAnswer answer = fault.answer();
    if (answer != null) {
      ((FaultyLane) real).answerWith((SecretRef) arguments[0], answer, fault.comesAfterTheEffect());
      return null;
    }
    return switch (fault) {
      case DELIVERED_AGAIN -> {
        instances.deliverAgain();
        yield effect.have();
      }
      case EVERYTHING_AGAIN -> {
        instances.deliverEverythingAgain();
        yield effect.have();
      }
      case MESSAGE_LOST -> null;
      case MESSAGE_DOUBLED -> {
        effect.have();
        yield effect.have();
      }
      case MESSAGE_LATE -> {
        arguments[DELAY] = ((Duration) arguments[DELAY]).plus(LATE);
        yield effect.have();
      }
      default -> fail(effect);
    };
  }

  private Object fail(Effect effect) throws Throwable {
    if (fault.comesAfterTheEffect()) {
      effect.have();
    }
    throw fault.isCrash() ? instances.kill() : fault.error(call.system());
  }
}
