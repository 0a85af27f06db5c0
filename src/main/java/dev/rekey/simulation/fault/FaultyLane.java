package dev.rekey.simulation.fault;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.PatchLane;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A lane on which some patches are answered otherwise than the API server would. */
final class FaultyLane implements PatchLane {
  private final PatchLane lane;
  private final Deque<Look> answered = new ArrayDeque<>();
  private final Map<SecretRef, PatchAnswer> inFlight = new HashMap<>();

  FaultyLane(PatchLane lane) {
    this.lane = lane;
  }

  /**
   * Submits a patch whose answer is another one.
   *
   * @param afterTheEffect whether the patch is carried out all the same
   */
  void answerWith(SecretRef secret, PatchAnswer answer, boolean afterTheEffect) {
    if (afterTheEffect) {
      inFlight.put(secret, answer);
      lane.submit(secret);
    } else {
      answered.add(new Look(secret, answer, Duration.ofMillis(1)));
    }
  }

  @Override
  public void submit(SecretRef secret) {
    lane.submit(secret);
  }

  @Override
  public @Nullable Look take(Instant until) {
    Look look = answered.isEmpty() ? lane.take(until) : answered.remove();
    if (look == null) {
      return null;
    }
    PatchAnswer other = inFlight.remove(look.secret());
    return other == null ? look : new Look(look.secret(), other, look.took());
  }

  @Override
  public void close() {
    lane.close();
  }
}
