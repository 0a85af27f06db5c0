package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.time.Instant;
import java.util.List;

/** Builds passes in each of their stages, on replicas "a" and "b", over ten Secrets. */
public final class Passes {
  public static final int SECRETS = 10;
  public static final Instant BEGUN = Samples.NOW.minusSeconds(120);
  public static final Instant SHOWN = BEGUN.minusSeconds(30);

  private final String step;
  private final PassKind kind;
  private final KeyIdHash target;
  private int round = 1;
  private String etag = "\"etag-1\"";
  private Instant begunAt = BEGUN;

  private Passes(String step, PassKind kind, KeyIdHash target) {
    this.step = step;
    this.kind = kind;
    this.target = target;
  }

  public static Passes of(String step, PassKind kind, KeyIdHash target) {
    return new Passes(step, kind, target);
  }

  public Passes round(int number) {
    round = number;
    return this;
  }

  public Passes etag(String value) {
    etag = value;
    return this;
  }

  public Passes begunAt(Instant instant) {
    begunAt = instant;
    return this;
  }

  /** Its list has not ended. */
  public Pass begun() {
    String id = step + "-" + kind.name().toLowerCase(java.util.Locale.ROOT) + "-" + round;
    return Pass.begun(id, step, kind, target, etag, begunAt);
  }

  /** Its shard is stored. */
  public Pass listed() {
    return begun().listed(1, SECRETS);
  }

  /** Both replicas were shown to write with the target before it began to list. */
  public Pass shown() {
    Instant at = begunAt.minusSeconds(30);
    List<WriteShown> both = List.of(Samples.shown("a", target, at), Samples.shown("b", target, at));
    Pass listed = begun();
    return Pass.begun(listed.id(), step, kind, target, etag, at.minusSeconds(1))
        .listed(1, SECRETS)
        .shown(both, at)
        .listedAnew(listed.id(), etag, begunAt)
        .listed(1, SECRETS);
  }

  public Pass running() {
    return shown().running(scrapeBefore());
  }

  /** All Secrets were read under the target and found current. */
  public Pass clean() {
    return ended(
        new Samples[] {Samples.of("a").reads(target, 106), Samples.of("b").reads(target, 104)},
        Samples.allCurrent(SECRETS),
        ExceptionCounts.NONE);
  }

  /** What it left behind is one Secret under another key; a proof that finds this is void. */
  public Pass withForeignReads(KeyIdHash foreign) {
    return ended(
        new Samples[] {
          Samples.of("a").reads(target, 105).reads(foreign, 1), Samples.of("b").reads(target, 104)
        },
        Samples.allCurrent(SECRETS),
        ExceptionCounts.NONE);
  }

  /** One Secret ended as an exception, after one look, while all reads were of the target. */
  public Pass withException(ExceptionReason reason) {
    Tally tally = new Tally(SECRETS, 0, SECRETS - 1, 0, 1, SECRETS - 1, 1);
    return ended(
        new Samples[] {Samples.of("a").reads(target, 106), Samples.of("b").reads(target, 104)},
        tally,
        ExceptionCounts.of(Samples.exceptions(reason, 1)));
  }

  /** A replica restarted in between. */
  public Pass interrupted() {
    return ended(
        new Samples[] {
          Samples.of("a").reads(target, 106),
          Samples.of("b").reads(target, 4).startedAt(BEGUN.plusSeconds(60))
        },
        Samples.allCurrent(SECRETS),
        ExceptionCounts.NONE);
  }

  public Pass ended(Samples[] after, Tally tally, ExceptionCounts exceptions) {
    return running().ended(Samples.scrape(begunAt.plusSeconds(100), after), tally, exceptions);
  }

  private Scrape scrapeBefore() {
    return Samples.scrape(
        begunAt.plusSeconds(10),
        Samples.of("a").reads(target, 100),
        Samples.of("b").reads(target, 100));
  }
}
