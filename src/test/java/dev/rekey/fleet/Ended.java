package dev.rekey.fleet;

import static dev.rekey.operation.Example.CLUSTER;
import static dev.rekey.operation.Example.NOW;
import static dev.rekey.operation.Example.ORIGIN;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.Ending;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Progress;
import dev.rekey.operation.Reason;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Search;
import dev.rekey.reencryption.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Builds operations that have ended: censuses of ten Secrets on one API server, and proofs. */
final class Ended {
  static final Instant LAST_WEEK = NOW.minus(Duration.ofDays(7));

  private final Kind kind;
  private final Route route;
  private final Samples after = Samples.of("a");
  private Instant at = NOW;
  private long unknown;
  private Ending.Outcome outcome = Ending.Outcome.COMPLETED;
  private Search search;

  private Ended(Kind kind, Route route) {
    this.kind = kind;
    this.route = route;
  }

  static Ended census(KmsSettings settings) {
    return new Ended(Kind.CENSUS, Route.staying(settings));
  }

  static Ended census(Route route) {
    return new Ended(Kind.CENSUS, route);
  }

  static Ended rewrite(KmsSettings settings) {
    return new Ended(Kind.REENCRYPT, Route.staying(settings));
  }

  Ended at(Instant instant) {
    at = instant;
    return this;
  }

  Ended under(KeyIdHash key, long count) {
    after.reads(key, count);
    return this;
  }

  Ended lastWrote(KeyIdHash key) {
    after.writes(key, 3).lastWrote(key, NOW.minusSeconds(60));
    return this;
  }

  Ended plain(long reads, long writes) {
    after.plain(reads, writes);
    return this;
  }

  Ended unknown(long count) {
    unknown = count;
    return this;
  }

  Ended outcome(Ending.Outcome other) {
    outcome = other;
    return this;
  }

  Ended located(Search found) {
    search = found;
    return this;
  }

  Operation build() {
    KeyIdHash target = route.isKnown() ? route.stops().get(0).hash() : null;
    Progress progress = Progress.START.withChecked().with(pass(target));
    if (search != null) {
      progress = progress.with(progress.findings().with(search));
    }
    Ending ending = new Ending(outcome, Reason.RECORDED, null, null, at);
    String id = kind.token() + "-" + at.getEpochSecond();
    return new Operation(id, kind, CLUSTER, ORIGIN, route, at, progress.with(ending));
  }

  private Pass pass(KeyIdHash target) {
    long read = 10 - unknown;
    Tally tally = new Tally(10, 0, read, 0, unknown, read, unknown);
    ExceptionCounts exceptions =
        ExceptionCounts.of(Samples.exceptions(ExceptionReason.UNDECRYPTABLE, (int) unknown));
    boolean counts = kind == Kind.CENSUS;
    Pass listed =
        Pass.begun(
                "p",
                counts ? "count" : "prove",
                counts ? PassKind.COUNT : PassKind.PROOF,
                target,
                null,
                at)
            .listed(1, 10);
    if (!counts) {
      listed = listed.shown(List.of(Samples.shown("a", target, at)), at);
    }
    return listed
        .running(Samples.scrape(at, Samples.of("a")))
        .ended(Samples.scrape(at, after), tally, exceptions);
  }
}
