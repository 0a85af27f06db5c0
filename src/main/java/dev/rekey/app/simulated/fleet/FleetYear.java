package dev.rekey.app.simulated.fleet;

import dev.rekey.app.simulated.Setup;
import dev.rekey.app.simulated.Violations;
import dev.rekey.eventgrid.KeyEventParser;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyEvent;
import dev.rekey.key.ReceivedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** A simulated year of a fleet, or as many days as are asked for. */
public final class FleetYear {
  private static final Duration EVENT_TAKES_AT_MOST = Duration.ofSeconds(20);

  /** Of the events that Event Grid should bring while it is away, one in so many is lost. */
  private static final int LOST_ONE_IN = 3;

  private final FleetShape shape;
  private final boolean timer;
  private final Violations violations = new Violations();
  private final Judges judges = new Judges();
  private final Fleet fleet;
  private final YearLog log;
  private final OperationsJudge operations;
  private final OnCall onCall;
  private final PlayPlan plan;
  private final SplittableRandom late;
  private final KeyEventParser events = new KeyEventParser(Cloud.PUBLIC);

  /**
   * What a year came to.
   *
   * @param proved clusters that end on the newest version of their key that can be used, with every
   *     Secret under it and that proved
   * @param rotations rotations that were completed
   * @param violations the promises that were broken
   * @param stalled operations that at some time waited for a person to put something right
   * @param events events of Key Vault
   * @param outages times that an outside system was away
   * @param log the year in about a page
   */
  public record Outcome(
      FleetShape shape,
      int proved,
      int rotations,
      List<String> violations,
      int stalled,
      int events,
      int outages,
      List<String> log) {
    public Outcome {
      violations = List.copyOf(violations);
      log = List.copyOf(log);
    }

    /** Whether all is as it should be at the end, and always was. */
    public boolean isAsPromised() {
      return proved == shape.clusters() && violations.isEmpty();
    }
  }

  private FleetYear(FleetShape shape, Set<ErrorKind> kinds, Setup.Tampering tampering) {
    this.shape = shape;
    this.timer = tampering.timer();
    YearPlan drawn = new DrawPlan(shape, kinds).draw();
    fleet = new Fleet(shape, drawn, tampering, judges, judges::beforeCall);
    log = new YearLog(fleet.time);
    late = new SplittableRandom(shape.seed());
    Map<FleetMember, MemberJudge> secrets = new HashMap<>();
    for (FleetMember member : fleet.members) {
      MemberJudge judge = new MemberJudge(fleet, member, violations);
      secrets.put(member, judge);
      judges.add(judge);
    }
    operations =
        new OperationsJudge(
            fleet, violations, log, member -> Objects.requireNonNull(secrets.get(member)));
    judges.add(operations);
    judges.add(new KeysJudge(fleet, violations));
    judges.addListening(new UpdatesJudge(fleet, violations));
    AlertsJudge alerts = new AlertsJudge(fleet, violations);
    judges.add(alerts);
    onCall = new OnCall(fleet);
    plan =
        new PlayPlan(
            fleet,
            log,
            onCall,
            alerts,
            this::byOthers,
            member -> Objects.requireNonNull(secrets.get(member)).noteMoved());
    plan.schedule(drawn);
  }

  /** Plays it, with every kind of error; the same shape gives the same outcome. */
  public static Outcome of(FleetShape shape) {
    return of(shape, EnumSet.allOf(ErrorKind.class), Setup.Tampering.NONE);
  }

  /**
   * Plays it.
   *
   * @param kinds the errors that people make
   * @param tampering how the engine is broken on purpose
   */
  public static Outcome of(FleetShape shape, Set<ErrorKind> kinds, Setup.Tampering tampering) {
    return new FleetYear(shape, kinds, tampering).play();
  }

  private void byOthers(Runnable action) {
    judges.weAreDone();
    fleet.byOthers(action);
    judges.othersAreDone();
  }

  private Outcome play() {
    Instant nextRound = shape.begin().plus(OnCall.BETWEEN_ROUNDS);
    while (fleet.time.instant().isBefore(shape.end())) {
      if (fleet.host.nextDue().isBefore(nextRound)) {
        fleet.host.step(timer);
      } else {
        fleet.time.advanceTo(nextRound);
        onCall.round();
        nextRound = nextRound.plus(OnCall.BETWEEN_ROUNDS);
      }
      fleet.vault.takeEvents().forEach(text -> events.parse(text).forEach(this::deliver));
      judges.weAreDone();
    }
    return outcome();
  }

  private void deliver(ReceivedEvent event) {
    if (event instanceof KeyEvent ours) {
      log.event();
      Duration delay = Duration.ofMillis(late.nextLong(EVENT_TAKES_AT_MOST.toMillis()));
      Optional<Outage> away = fleet.outages.ofEventGrid();
      if (away.isEmpty()) {
        fleet.queues.deliver(ours, delay);
      } else if (late.nextInt(LOST_ONE_IN) > 0) {
        Duration rest = Duration.between(fleet.time.instant(), away.get().until());
        fleet.queues.deliver(ours, rest.plus(delay));
      }
    }
  }

  private Outcome outcome() {
    int proved = new YearEnd(fleet, violations).proved();
    fleet.host.mistakes().forEach(mistake -> violations.add("T2", mistake));
    fleet.signals.broken().forEach(promise -> violations.add(promise, "promise-broken"));
    return new Outcome(
        shape,
        proved,
        log.rotations(),
        violations.found(),
        operations.stalled(),
        log.events(),
        plan.outages(),
        log.lines(fleet.signals));
  }
}
