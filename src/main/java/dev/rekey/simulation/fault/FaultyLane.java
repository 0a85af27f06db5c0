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

  /** Reads as the lane does and writes nothing: what is denied was read before. */
  private final PatchLane dryRuns;

  private final Deque<Look> answered = new ArrayDeque<>();
  private final Map<SecretRef, PatchAnswer> inFlight = new HashMap<>();
  private final Map<SecretRef, PatchAnswer> beingRead = new HashMap<>();

  FaultyLane(PatchLane lane, PatchLane dryRuns) {
    this.lane = lane;
    this.dryRuns = dryRuns;
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
    } else if (answer instanceof PatchAnswer.Refused refused && refused.reason().wasRead()) {
      beingRead.put(secret, answer);
      dryRuns.submit(secret);
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
    if (!answered.isEmpty()) {
      return answered.remove();
    }
    Look read = beingRead.isEmpty() ? null : dryRuns.take(until);
    if (read != null) {
      PatchAnswer denial = beingRead.remove(read.secret());
      return with(wasRead(read) ? denial : null, read);
    }
    Look look = lane.take(until);
    return look == null ? null : with(inFlight.remove(look.secret()), look);
  }

  private static boolean wasRead(Look look) {
    return look.answer() instanceof PatchAnswer.Patched;
  }

  private static Look with(@Nullable PatchAnswer other, Look look) {
    return other == null ? look : new Look(look.secret(), other, look.took());
  }

  @Override
  public void close() {
    lane.close();
    dryRuns.close();
  }
}
