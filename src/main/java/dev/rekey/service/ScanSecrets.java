package dev.rekey.service;

import dev.rekey.reencryption.DryScan;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pace;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.reencryption.Shard;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.PatchLane;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends one dry-run empty patch for each Secret, paced as a pass is, to see what a rewrite would
 * meet. Writes nothing. Each shard is looked at while the list goes on, so that no list is ever
 * whole in memory; when the time is up, the list goes on to its end and the rest is only counted.
 */
final class ScanSecrets {
  /** Of the answers that are still out when the time is up. */
  private static final Duration LAST_ANSWERS = Duration.ofSeconds(3);

  /** For a measurement of speed: enough for a second or less of a pass. */
  private static final int SAMPLE = 200;

  private final ApiServers servers;
  private final InstantSource time;
  private final Limits limits;
  private final Instant deadline;
  private final List<SecretRef> sample = new ArrayList<>();
  private DryScan scan = DryScan.NONE;
  private boolean serverIsAway;

  /**
   * Looks at nothing yet.
   *
   * @param deadline when to look at no further Secret
   */
  ScanSecrets(ApiServers servers, InstantSource time, Limits limits, Instant deadline) {
    this.servers = servers;
    this.time = time;
    this.limits = limits;
    this.deadline = deadline;
  }

  /**
   * What was found.
   *
   * @param shards how many shards a pass would have
   * @param sample some of the Secrets
   */
  record Scanned(DryScan scan, int shards, List<SecretRef> sample) {}

  /**
   * Lists and looks.
   *
   * @throws OutsideFault if the Secrets can't be listed
   */
  Scanned run() {
    try (PatchLane lane = servers.openLane(PatchMode.DRY_RUN)) {
      ListSecrets.Listed listed =
          new ListSecrets(
                  servers,
                  limits.shardSize(),
                  shards -> shards.forEach(shard -> scan = scan.plus(look(lane, shard))))
              .run(WantedSecrets.ALL);
      return new Scanned(scan, listed.shards(), sample);
    }
  }

  private Shard look(PatchLane lane, Shard shard) {
    sample.addAll(MeasureSpeed.pick(shard.remaining(), SAMPLE - sample.size()));
    if (serverIsAway || !time.instant().isBefore(deadline)) {
      return shard;
    }
    Pace pace = limits.pacing().pace(limits.inFlight());
    // As in a write pass, in which every refusal counts: a census lets those pass that were read.
    ShardRun.Result result =
        new ShardRun(lane, PassKind.WRITE, pace, time, deadline, this::answers)
            .waitingAtMost(LAST_ANSWERS)
            .work(shard);
    serverIsAway = result.suspended();
    return result.shard();
  }

  private boolean answers() {
    try {
      servers.leases();
      return true;
    } catch (OutsideFault fault) {
      return false;
    }
  }
}
