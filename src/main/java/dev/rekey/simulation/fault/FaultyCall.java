package dev.rekey.simulation.fault;

import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import org.jspecify.annotations.Nullable;

/** A call at which something happens. */
final class FaultyCall {
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
      case MESSAGE_LOST -> null;
      case MESSAGE_DOUBLED -> {
        effect.have();
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
