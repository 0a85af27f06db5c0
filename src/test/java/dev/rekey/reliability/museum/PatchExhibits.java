package dev.rekey.reliability.museum;

import static dev.rekey.reliability.museum.ClusterExhibits.tampering;

import dev.rekey.app.simulated.Scenario;
import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tried;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.Stored;
import dev.rekey.simulation.cluster.admission.Obstacle;
import dev.rekey.simulation.fault.Fault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What has gone wrong when such tools wrote Secrets. */
final class PatchExhibits {
  private static final NthCall NEVER_FOR_GOOD =
      new NthCall("PatchLane.submit", 1, Integer.MAX_VALUE, Fault.PATCH_UNAVAILABLE);

  private PatchExhibits() {}

  static List<Exhibit> all() {
    return List.of(secretSkippedInSilence(), conflictTakenAsDone(), triedWithoutEnd());
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

  private static Exhibit triedWithoutEnd() {
    return new Exhibit(
        "a Secret behind a broken webhook is tried again without end",
        "kubectl replace in a loop until it succeeds",
        "P1",
        tampering(
            ports ->
                Tamper.lanes("take", (arguments, call) -> putOff((Look) call.make()))
                    .apply(Tamper.records("saveShard", PatchExhibits::forgetTries).apply(ports))),
        Sweep.calm(Scenario.REENCRYPT).stream()
            .map(
                setup ->
                    setup.prepared(
                        cluster ->
                            cluster.admission().put("team-01", new Obstacle.WebhookDown("guard"))))
            .toList());
  }

  private static @Nullable Look putOff(@Nullable Look look) {
    return look != null
            && look.answer() instanceof PatchAnswer.Refused refused
            && refused.reason() == ExceptionReason.WEBHOOK_UNREACHABLE
        ? new Look(
            look.secret(),
            new PatchAnswer.Busy(BusyCause.THROTTLED, Duration.ofSeconds(30)),
            look.took())
        : look;
  }

  private static Object forgetTries(Object[] arguments, Tamper.Call call) throws Throwable {
    @SuppressWarnings("unchecked")
    Stored<Shard> stored = (Stored<Shard>) arguments[3];
    Shard shard = stored.value();
    Map<String, Tried> anew = new HashMap<>();
    shard
        .tried()
        .forEach((secret, tried) -> anew.put(secret, new Tried(0, tried.notBefore(), null)));
    arguments[3] =
        stored.with(shard.worked(shard.remaining(), anew, shard.tally(), shard.exceptions()));
    return call.make();
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
