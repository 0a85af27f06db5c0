package dev.rekey.operation;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The part of an operation that changes.
 *
 * @param turn moves with every look that leads to something; a message of an earlier turn is
 *     dropped
 * @param checked whether all checks have passed
 * @param update the ARM update; null before its intent
 * @param upgrade the upgrade of Kubernetes that is sent to ARM; null before its intent, and where
 *     somebody else makes it
 * @param passes all rounds so far, oldest first
 * @param findings what was found out besides
 * @param steps the steps that are behind, oldest first
 * @param phases what the phases that are behind have proved, oldest first
 * @param pending what it is at; null before the first look and after the end
 * @param orders what persons have said to it since it began
 * @param retriedAt when a person last asked to look again at what it had stalled on; null if never
 * @param ending null while active
 */
public record Progress(
    int turn,
    boolean checked,
    @Nullable Update update,
    @Nullable SentUpgrade upgrade,
    List<Pass> passes,
    Findings findings,
    List<StepReport> steps,
    List<Evidence.Phase> phases,
    @Nullable Pending pending,
    Orders orders,
    @Nullable Instant retriedAt,
    @Nullable Ending ending) {

  /** Passes of one kind for one step that are remembered. */
  private static final int MOST_ALIKE = 6;

  /** The steps whose passes count only after the last update. */
  private static final Set<String> SINCE_UPDATE =
      Set.of(StepName.WRITE.token(), StepName.PROVE.token());

  public static final Progress START =
      new Progress(
          1,
          false,
          null,
          null,
          List.of(),
          Findings.NONE,
          List.of(),
          List.of(),
          null,
          Orders.NONE,
          null,
          null);

  public Progress {
    passes = List.copyOf(passes);
    steps = List.copyOf(steps);
    phases = List.copyOf(phases);
  }

  public Progress nextTurn() {
    return but(draft -> draft.turn = turn + 1);
  }

  /** After an effect that met no fault. */
  public Progress withoutFaults() {
    return pending == null || pending.faults() == 0 ? this : with(pending.withoutFaults());
  }

  /**
   * Whether it has just acted for this reason, and met no fault: what it has asked for may take a
   * moment to show.
   */
  public boolean hasJustActed(Reason reason) {
    return pending != null && pending.reason() == reason && pending.faults() == 0;
  }

  /**
   * Since when it tries to get on at its present step, without the time for which a person has
   * paused it; empty before the first look.
   */
  public Optional<Instant> triesSince() {
    Optional<Instant> resumed = orders.last(Order.Action.RESUME).map(Order::at);
    return Optional.ofNullable(pending)
        .map(Pending::since)
        .map(since -> resumed.filter(at -> at.isAfter(since)).orElse(since));
  }

  /** Whether a person must act. */
  public boolean hasStalled() {
    return pending != null && pending.doing() == Pending.Doing.STALLED;
  }

  /** Whether a person has paused it, or must act: nothing more is begun before its next look. */
  public boolean standsStill() {
    return hasStalled() || orders.pause().isPresent();
  }

  /** What it has stalled on is to be looked at again now. */
  public Progress retried(Instant at) {
    return but(draft -> draft.retriedAt = at);
  }

  /** Whether a person has asked since then to look again. */
  public boolean isRetriedSince(Instant instant) {
    return retriedAt != null && retriedAt.isAfter(instant);
  }

  public Progress withChecked() {
    return but(draft -> draft.checked = true);
  }

  /**
   * An update is about to be sent. What was rewritten and proved before is work of an old epoch and
   * must never count, so it is forgotten: which came first is not left to a clock.
   */
  public Progress intending(Update intent) {
    List<Pass> kept = new ArrayList<>(passes);
    kept.removeIf(pass -> SINCE_UPDATE.contains(pass.step()));
    return but(
        draft -> {
          draft.update = intent;
          draft.passes = kept;
        });
  }

  /** An upgrade of Kubernetes is about to be sent, or what has become of it. */
  public Progress with(SentUpgrade newUpgrade) {
    return but(draft -> draft.upgrade = newUpgrade);
  }

  /**
   * A phase has been recorded, and the next begins: what was sent, rewritten and proved in it never
   * counts in another.
   */
  public Progress recorded(Evidence.Phase phase) {
    List<Evidence.Phase> more = new ArrayList<>(phases);
    more.add(phase);
    return but(
        draft -> {
          draft.update = null;
          draft.passes = List.of();
          draft.findings = findings.ofNextPhase();
          draft.phases = more;
        });
  }

  /** What has become of the update that was sent. */
  public Progress with(Update newUpdate) {
    return but(draft -> draft.update = newUpdate);
  }

  /**
   * Puts a pass in the place of the one with its id, or behind the others. Only one is ever under
   * way: one that had not ended is given up, so that its shards are never taken for another's.
   */
  public Progress with(Pass pass) {
    List<Pass> changed = new ArrayList<>(passes);
    changed.removeIf(other -> other.id().equals(pass.id()) || !other.hasEnded());
    changed.add(pass);
    forgetOld(changed, pass);
    return but(draft -> draft.passes = changed);
  }

  public Progress with(Findings found) {
    return but(draft -> draft.findings = found);
  }

  public Progress with(StepReport report) {
    List<StepReport> longer = new ArrayList<>(steps);
    longer.add(report);
    return but(draft -> draft.steps = longer);
  }

  public Progress with(Pending newPending) {
    return but(draft -> draft.pending = newPending);
  }

  public Progress with(Order order) {
    return but(draft -> draft.orders = orders.with(order));
  }

  public Progress with(Ending newEnding) {
    return but(
        draft -> {
          draft.pending = null;
          draft.ending = newEnding;
        });
  }

  private Progress but(Consumer<Draft> change) {
    Draft draft = new Draft(this);
    change.accept(draft);
    return draft.progress();
  }

  /** The same again, of which some is about to change. */
  private static final class Draft {
    private int turn;
    private boolean checked;
    private @Nullable Update update;
    private @Nullable SentUpgrade upgrade;
    private List<Pass> passes;
    private Findings findings;
    private List<StepReport> steps;
    private List<Evidence.Phase> phases;
    private @Nullable Pending pending;
    private Orders orders;
    private @Nullable Instant retriedAt;
    private @Nullable Ending ending;

    Draft(Progress from) {
      turn = from.turn;
      checked = from.checked;
      update = from.update;
      upgrade = from.upgrade;
      passes = from.passes;
      findings = from.findings;
      steps = from.steps;
      phases = from.phases;
      pending = from.pending;
      orders = from.orders;
      retriedAt = from.retriedAt;
      ending = from.ending;
    }

    Progress progress() {
      return new Progress(
          turn, checked, update, upgrade, passes, findings, steps, phases, pending, orders,
          retriedAt, ending);
    }
  }

  /** An operation that looks again hourly must not outgrow its row. */
  private static void forgetOld(List<Pass> passes, Pass newest) {
    List<Pass> alike =
        passes.stream()
            .filter(pass -> pass.step().equals(newest.step()) && pass.kind() == newest.kind())
            .toList();
    if (alike.size() > MOST_ALIKE) {
      passes.remove(alike.get(0));
    }
  }

  /** The last pass that has shown which replica writes with a key. */
  public Optional<Pass> lastShown(KeyIdHash target) {
    return passes.stream()
        .filter(pass -> target.equals(pass.target()) && !pass.shown().isEmpty())
        .reduce((earlier, later) -> later);
  }

  /** The last pass that serves a step. */
  public Optional<Pass> lastPass(StepName step) {
    return passes.stream()
        .filter(pass -> pass.step().equals(step.token()))
        .reduce((earlier, later) -> later);
  }

  /** The last pass of a kind that serves a step. */
  public Optional<Pass> lastPass(StepName step, PassKind kind) {
    return passes.stream()
        .filter(pass -> pass.step().equals(step.token()) && pass.kind() == kind)
        .reduce((earlier, later) -> later);
  }

  /** The last pass that has ended, whatever step it served. */
  public Optional<Pass> lastEnded() {
    return passes.stream().filter(Pass::hasEnded).reduce((earlier, later) -> later);
  }

  public long passes(StepName step, PassKind kind) {
    return passes.stream()
        .filter(pass -> pass.step().equals(step.token()) && pass.kind() == kind)
        .count();
  }

  /** The pass whose shards are at work. */
  public Optional<Pass> runningPass() {
    return passes.stream().filter(pass -> pass.stage() == Pass.Stage.RUNNING).findFirst();
  }

  public Optional<Pass> pass(String id) {
    return passes.stream().filter(pass -> pass.id().equals(id)).findFirst();
  }
}
