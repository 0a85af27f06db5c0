package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.PatchLane;
import dev.rekey.simulation.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has gone wrong when such tools wrote Secrets. */
final class PatchExhibits {
  private static final NthCall NEVER_FOR_GOOD =
      new NthCall("PatchLane.submit", 1, Integer.MAX_VALUE, Fault.PATCH_UNAVAILABLE);

  private PatchExhibits() {}

  static List<Exhibit> all() {
    return List.of(secretSkippedInSilence(), conflictTakenAsDone());
  }

  private static Exhibit secretSkippedInSilence() {
    return new Exhibit(
        "a Secret that makes trouble is skipped and not mentioned",
        "kubectl get into kubectl replace; label stamping",
        "T1",
        tampering(
            Tamper.apiServers(
                "openLane", (arguments, call) -> new Skipping((PatchLane) call.make()))),
        Sweep.large(Scenario.REENCRYPT));
  }

  private static Exhibit conflictTakenAsDone() {
    return new Exhibit(
        "an API server that did not answer a patch for good is taken to have carried it out",
        "kubectl replace in a loop, whose conflicts (409) scroll by",
        "P1",
        tampering(Tamper.lanes("take", (arguments, call) -> done((Look) call.make()))),
        Sweep.calm(Scenario.REENCRYPT).stream()
            .map(setup -> setup.facing(NEVER_FOR_GOOD))
            .toList());
  }

  private static @Nullable Look done(@Nullable Look look) {
    return look != null && look.answer() instanceof PatchAnswer.Busy
        ? new Look(look.secret(), patched(look.secret().resourceVersion()), look.took())
        : look;
  }

  private static PatchAnswer patched(String resourceVersion) {
    return new PatchAnswer.Patched(resourceVersion);
  }

  /** Says of some Secrets that they are gone, and asks nobody. */
  private record Skipping(PatchLane real, Deque<SecretRef> skipped) implements PatchLane {
    Skipping(PatchLane real) {
      this(real, new ArrayDeque<>());
    }

    @Override
    public void submit(SecretRef secret) {
      if (secret.name().endsWith("59")) {
        skipped.add(secret);
      } else {
        real.submit(secret);
      }
    }

    @Override
    public @Nullable Look take(Instant until) {
      SecretRef one = skipped.poll();
      return one == null
          ? real.take(until)
          : new Look(one, new PatchAnswer.Gone(), Duration.ofMillis(1));
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
