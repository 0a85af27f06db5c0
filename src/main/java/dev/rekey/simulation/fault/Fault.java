package dev.rekey.simulation.fault;

import static dev.rekey.service.port.OutsideSystem.API_SERVER;
import static dev.rekey.service.port.OutsideSystem.ARM;
import static dev.rekey.service.port.OutsideSystem.STORAGE;
import static dev.rekey.service.port.OutsideSystem.VAULT;

import dev.rekey.reencryption.BusyCause;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can happen at one call to the outside. The token names it in a plan. */
@SuppressWarnings("ImmutableEnumChecker") // answers are records, and the sets are never changed
public enum Fault {
  /** The instance dies before the call has any effect. */
  CRASH_BEFORE,
  /** The instance dies when the call has had its effect and before it has learnt so. */
  CRASH_AFTER,
  /** The call has its effect; its answer never comes. */
  LOST_REPLY(OutsideFault.Kind.TIMED_OUT),
  /** The call has its effect; the connection breaks before its answer is there. */
  RESET_AFTER(OutsideFault.Kind.UNREACHABLE),
  /** The call has its effect and is answered with an error of the server's own. */
  BROKEN_AFTER(OutsideFault.Kind.BROKEN),
  /** The call has its effect; a gateway on the way back says 504. */
  BUSY_AFTER(OutsideFault.Kind.BUSY),
  /** The call has its effect; its answer comes cut off. */
  MALFORMED_AFTER(OutsideFault.Kind.MALFORMED),
  /** Just before the call another instance gets the same message, and works on it to the end. */
  DELIVERED_AGAIN,
  /**
   * Just before the call other instances get every message and every event that was delivered so
   * far, those of earlier operations too.
   */
  EVERYTHING_AGAIN,
  /** The message, or the event, is taken for sent and never arrives: lost, or expired. */
  MESSAGE_LOST,
  /** It arrives twice. */
  MESSAGE_DOUBLED,
  /** It arrives two hours late. */
  MESSAGE_LATE,

  /** Just before the call somebody else changes a Secret. */
  SOMEBODY_EDITS,
  SOMEBODY_CREATES,
  SOMEBODY_DELETES,
  /** Just before the call somebody else reads every Secret from etcd. */
  SOMEBODY_READS_ALL,
  /** An API server is restarted. */
  SERVER_RESTARTS,
  /** One more API server joins. */
  SERVER_JOINS,
  /** An API server goes on writing with the key version before for some minutes. */
  SERVER_LAGS,
  /** Etcd is compacted: every list in progress has to go on in a newer state. */
  SERVER_COMPACTS,
  /** The vault gets another version of the key. */
  NEWER_VERSION,
  /** Somebody disables the newest version by hand, and enables it again an hour later. */
  NEWEST_DISABLED,
  /** The clock of the function app's host goes an hour wrong and is set right ten minutes later. */
  CLOCK_AHEAD,
  CLOCK_BEHIND,
  /** Somebody moves the cluster to the newest version by hand, or to yet another one. */
  MOVED_BY_HAND,
  /**
   * For a quarter of an hour instances of this release and of a newer one are at work side by side,
   * and what the newer one stores or sends the other can't read.
   */
  RELEASE_ROLLS,

  UNREACHABLE(OutsideFault.Kind.UNREACHABLE, VAULT, ARM, API_SERVER, STORAGE),
  TIMED_OUT(OutsideFault.Kind.TIMED_OUT, VAULT, ARM, API_SERVER, STORAGE),
  BUSY(OutsideFault.Kind.BUSY, VAULT, ARM, API_SERVER, STORAGE),
  /** The other side names a time to come back at. */
  BUSY_FOR_A_MINUTE(OutsideFault.Kind.BUSY, VAULT, ARM, API_SERVER, STORAGE),
  BROKEN(OutsideFault.Kind.BROKEN, VAULT, ARM, API_SERVER, STORAGE),
  UNAUTHENTICATED(OutsideFault.Kind.UNAUTHENTICATED, VAULT, ARM, API_SERVER, STORAGE),
  FORBIDDEN(OutsideFault.Kind.FORBIDDEN, VAULT, ARM, API_SERVER, STORAGE),
  NOT_FOUND(OutsideFault.Kind.NOT_FOUND, VAULT, ARM, API_SERVER, STORAGE),
  CONFLICT(OutsideFault.Kind.CONFLICT, VAULT, ARM, STORAGE),
  CHANGED_MEANWHILE(OutsideFault.Kind.CHANGED_MEANWHILE, ARM, STORAGE),
  REJECTED(OutsideFault.Kind.REJECTED, VAULT, ARM, API_SERVER, STORAGE),
  MALFORMED(OutsideFault.Kind.MALFORMED, VAULT, ARM, API_SERVER, STORAGE),
  /** The list's continue token has expired, and the server offers none that goes on. */
  EXPIRED_CONTINUE(OutsideFault.Kind.EXPIRED_CONTINUE, API_SERVER),
  UNDECRYPTABLE(OutsideFault.Kind.UNDECRYPTABLE, API_SERVER),

  PATCH_THROTTLED(busy(BusyCause.THROTTLED, null)),
  PATCH_THROTTLED_FOR_A_MINUTE(busy(BusyCause.THROTTLED, Duration.ofMinutes(1))),
  PATCH_PUT_OFF(busy(BusyCause.STORAGE_REINITIALISING, null)),
  PATCH_UNAVAILABLE(busy(BusyCause.UNAVAILABLE, null)),
  PATCH_TIMED_OUT(busy(BusyCause.TIMED_OUT, null)),
  PATCH_CONNECTION_LOST(busy(BusyCause.CONNECTION_LOST, null)),
  /** The patch takes effect and its answer never comes. */
  PATCH_REPLY_LOST(busy(BusyCause.TIMED_OUT, null)),
  PATCH_NOT_FOUND(new PatchAnswer.Gone()),
  PATCH_INVALID(refused(ExceptionReason.INVALID)),
  PATCH_DENIED_BY_POLICY(refused(ExceptionReason.DENIED_BY_POLICY)),
  PATCH_DENIED_BY_WEBHOOK(refused(ExceptionReason.DENIED_BY_WEBHOOK)),
  PATCH_WEBHOOK_UNREACHABLE(refused(ExceptionReason.WEBHOOK_UNREACHABLE)),
  PATCH_FORBIDDEN(refused(ExceptionReason.FORBIDDEN)),
  PATCH_UNDECRYPTABLE(refused(ExceptionReason.UNDECRYPTABLE)),
  PATCH_REJECTED(refused(ExceptionReason.REJECTED));

  private static final String SUBMIT = "PatchLane.submit";
  private static final String TAKE = "PatchLane.take";
  private static final String SEND = "Messages.send";
  private static final String DELIVER = "EventGrid.deliver";
  private static final String LIST_SECRETS = "ApiServers.listSecrets";
  private static final String ROTATE = "Vault.rotate";

  /** What can be refused because something else is under way. */
  private static final Set<String> CHANGES =
      Set.of(
          ROTATE,
          "ManagedClusters.updateKms",
          "ManagedClusters.upgradeKubernetes",
          "ManagedClusters.updateVault",
          SEND,
          "Table.transact",
          "Table.replace");

  /** What gives no answer that could be taken for another: it has no error of its own. */
  private static final Set<String> WITHOUT_ERRORS = Set.of(SUBMIT, TAKE, "ApiServers.openLane");

  private static final Set<String> DISTURBANCES =
      Set.of("SOMEBODY", "SERVER", "NEWER", "NEWEST", "MOVED", "CLOCK", "RELEASE");

  private final OutsideFault.@Nullable Kind kind;
  private final Set<OutsideSystem> systems;
  private final @Nullable PatchAnswer answer;

  Fault() {
    this(null, Set.of(), null);
  }

  Fault(OutsideFault.Kind kind, OutsideSystem... systems) {
    this(kind, Set.of(systems), null);
  }

  Fault(PatchAnswer answer) {
    this(null, Set.of(), answer);
  }

  Fault(
      OutsideFault.@Nullable Kind kind, Set<OutsideSystem> systems, @Nullable PatchAnswer answer) {
    this.kind = kind;
    this.systems = systems;
    this.answer = answer;
  }

  private static PatchAnswer busy(BusyCause cause, @Nullable Duration retryAfter) {
    return new PatchAnswer.Busy(cause, retryAfter);
  }

  private static PatchAnswer refused(ExceptionReason reason) {
    return new PatchAnswer.Refused(reason, null);
  }

  /** As a plan writes it. */
  public String token() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The fault of this token; empty if there is none. */
  public static Optional<Fault> ofToken(String token) {
    return Arrays.stream(values()).filter(fault -> fault.token().equals(token)).findFirst();
  }

  /** Whether the instance dies. */
  public boolean isCrash() {
    return this == CRASH_BEFORE || this == CRASH_AFTER;
  }

  /** Whether the call has its effect and the caller doesn't learn so. */
  public boolean isAnswerLost() {
    return this == LOST_REPLY
        || this == RESET_AFTER
        || this == BROKEN_AFTER
        || this == BUSY_AFTER
        || this == MALFORMED_AFTER
        || this == PATCH_REPLY_LOST;
  }

  /** Whether whoever meets it must believe that a right is missing. */
  public boolean isMissingRight() {
    return this == UNAUTHENTICATED || this == FORBIDDEN || this == PATCH_FORBIDDEN;
  }

  /** Whether the call has no effect, and whoever makes it is told so. */
  public boolean isRefusal() {
    return kind != null && !comesAfterTheEffect();
  }

  /** Whether other instances get something to work on before the call has its effect. */
  public boolean letsOthersWorkFirst() {
    return this == DELIVERED_AGAIN || this == EVERYTHING_AGAIN;
  }

  /** Whether a patch was not answered for good. */
  public boolean isBusyPatch() {
    return answer instanceof PatchAnswer.Busy;
  }

  /** Whether it is somebody else's doing, and the call itself goes well. */
  public boolean isDisturbance() {
    return DISTURBANCES.contains(name().substring(0, (name() + "_").indexOf('_')));
  }

  /** Whether more or less than without it may have to be done, and something else come out. */
  public boolean changesWhatIsWanted() {
    return isDisturbance() && this != RELEASE_ROLLS && this != SERVER_COMPACTS;
  }

  /** Whether the call has its effect first. */
  boolean comesAfterTheEffect() {
    return this == CRASH_AFTER || isAnswerLost();
  }

  /** Everything that can happen at a call. */
  public static List<Fault> possibleAt(OutsideCall call) {
    return Arrays.stream(values()).filter(fault -> fault.canHappenAt(call)).toList();
  }

  /** Whether the other side of the call could behave so, or its queue, or the instance. */
  public boolean canHappenAt(OutsideCall call) {
    if (call.is(DELIVER)) {
      return isOfMessages(); // no instance of ours makes this call
    }
    return switch (this) {
      case CRASH_BEFORE, CRASH_AFTER, DELIVERED_AGAIN, EVERYTHING_AGAIN -> true;
      case MESSAGE_LOST, MESSAGE_DOUBLED, MESSAGE_LATE -> call.is(SEND);
      case LOST_REPLY, RESET_AFTER, BROKEN_AFTER, MALFORMED_AFTER ->
          !WITHOUT_ERRORS.contains(call.port());
      // The adapter knows: of a rotate call it takes nothing but a refusal for "busy".
      case BUSY_AFTER -> !WITHOUT_ERRORS.contains(call.port()) && !call.is(ROTATE);
      default -> isDisturbance() || (answer == null ? isErrorOf(call) : call.is(SUBMIT));
    };
  }

  private boolean isOfMessages() {
    return this == MESSAGE_LOST || this == MESSAGE_DOUBLED || this == MESSAGE_LATE;
  }

  private boolean isErrorOf(OutsideCall call) {
    return systems.contains(call.system())
        && !WITHOUT_ERRORS.contains(call.port())
        && switch (this) {
          case UNDECRYPTABLE -> call.is(LIST_SECRETS);
          case EXPIRED_CONTINUE -> call.is(LIST_SECRETS) || call.is("ApiServers.listNamespaces");
          case CONFLICT, CHANGED_MEANWHILE -> CHANGES.contains(call.port());
          default -> true;
        };
  }

  /** Whether a Secret may be left as it was, and named, because of it. */
  public boolean mayMakeExceptionAt(OutsideCall call) {
    return changesWhatIsWanted()
        || answer instanceof PatchAnswer.Refused
        || (call.is(LIST_SECRETS) && kind != null && !mayPass());
  }

  /** Whether the same call may well succeed a moment later. */
  private boolean mayPass() {
    return kind == OutsideFault.Kind.UNREACHABLE
        || kind == OutsideFault.Kind.TIMED_OUT
        || kind == OutsideFault.Kind.BUSY
        || kind == OutsideFault.Kind.BROKEN;
  }

  /** What the caller gets in place of an answer. */
  OutsideFault error(OutsideSystem system) {
    if (kind == null) {
      throw new IllegalStateException(token() + " is no error");
    }
    Duration wait = this == BUSY_FOR_A_MINUTE ? Duration.ofMinutes(1) : null;
    return new OutsideFault(system, kind, "simulated: " + token(), wait, null);
  }

  /** What a patch is answered with; null where the fault is another one. */
  @Nullable PatchAnswer answer() {
    return answer;
  }
}
