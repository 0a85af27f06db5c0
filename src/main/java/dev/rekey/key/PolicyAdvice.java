package dev.rekey.key;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a key's rotation policy, or of its versions' expiry, so that they suit AKS: a
 * version is current for one interval between rotations and previous for the next, and AKS needs it
 * usable all that time. Advice, never an action.
 *
 * @param flaws what doesn't suit; none where all is well
 */
public record PolicyAdvice(List<Flaw> flaws) {

  private static final int MARGIN_DAYS = 30;

  /** Time for a rotation that has stalled to be put right. */
  public static final Period MARGIN = Period.ofDays(MARGIN_DAYS);

  /** How long before its expiry a version must be announced at the least. */
  public static final Period NOTICE = Period.ofDays(30);

  /** The interval that is advised where the policy names none that could be kept. */
  private static final long DAYS_BETWEEN = 180;

  /** What a vault takes for the shortest interval. */
  private static final long FEWEST_DAYS_BETWEEN = 7;

  public PolicyAdvice {
    flaws = List.copyOf(flaws);
  }

  /**
   * Something that doesn't suit.
   *
   * @param seen what was found
   * @param remedy the command that mends it
   */
  public record Flaw(Cause cause, String seen, String remedy) {}

  /** What doesn't suit. The token is stable: users see it and alerts match it. */
  public enum Cause {
    NOTHING_ROTATES(
        "nothing-rotates",
        "versions expire, and the policy makes none in their place: the one before the last expires"
            + " while AKS still needs it"),
    LIFE_TOO_SHORT(
        "life-too-short",
        "a version that the vault makes must outlive two rotations and 30 days for one that has"
            + " stalled"),
    NOTIFIED_TOO_LATE(
        "notified-too-late", "its expiry is announced less than 30 days before, which is too late"),
    VERSION_EXPIRES_TOO_EARLY(
        "version-expires-too-early",
        "a version that a cluster uses expires before two rotations and 30 days are over");

    private final String token;
    private final String sentence;

    Cause(String token, String sentence) {
      this.token = token;
      this.sentence = sentence;
    }

    public String token() {
      return token;
    }

    public String sentence() {
      return sentence;
    }
  }

  /**
   * Judges, in this order.
   *
   * <ol>
   *   <li>What expires needs something that makes the next version. Never is it left to the day on
   *       which the vault announces the expiry: the version before expires while it is needed.
   *   <li>A version that the vault will make must outlive two rotations and the margin. Never is
   *       one rotation enough: the previous slot's version is needed for as long as the current
   *       one's.
   *   <li>What expires is announced in time. Never later than somebody could still act.
   *   <li>A version that is used, and was given an expiry of its own, must outlive as much. A
   *       policy speaks only of versions that the vault makes later.
   * </ol>
   *
   * @param inUse the versions that a cluster needs; of others the expiry says nothing
   */
  public static PolicyAdvice of(
      VaultKey key, RotationPolicy policy, List<KeyVersion> inUse, Instant now) {
    LocalDate today = date(now);
    boolean expires =
        policy.expiryTime() != null || inUse.stream().anyMatch(one -> one.expires() != null);
    boolean rotates = rotated(today, policy) != null;
    String remedy = update(key, policy, today);
    List<Flaw> flaws = new ArrayList<>();
    if (expires && !rotates) {
      flaws.add(new Flaw(Cause.NOTHING_ROTATES, withoutRotation(policy), remedy));
    }
    if (rotates && isTooShort(today, policy)) {
      flaws.add(new Flaw(Cause.LIFE_TOO_SHORT, described(policy), remedy));
    }
    Period notice = policy.notifyBeforeExpiry();
    if (expires && notice != null && later(today, notice).isBefore(later(today, NOTICE))) {
      flaws.add(new Flaw(Cause.NOTIFIED_TOO_LATE, notice + " before its expiry", remedy));
    }
    if (rotates) {
      inUse.forEach(version -> addIfTooEarly(flaws, version, policy, today));
    }
    return new PolicyAdvice(flaws);
  }

  private static boolean isTooShort(LocalDate made, RotationPolicy policy) {
    Period life = policy.expiryTime();
    return life != null && later(made, life).isBefore(needed(made, policy));
  }

  /** It is set to a date that comes: a rotation may be long overdue. */
  private static void addIfTooEarly(
      List<Flaw> flaws, KeyVersion version, RotationPolicy policy, LocalDate today) {
    Instant expires = version.expires();
    LocalDate needed = needed(date(version.created()), policy);
    if (expires == null || needed.equals(LocalDate.MAX) || !date(expires).isBefore(needed)) {
      return;
    }
    LocalDate soonest = later(today, MARGIN);
    LocalDate day = needed.isBefore(soonest) ? soonest : needed;
    Instant until = day.atStartOfDay(ZoneOffset.UTC).toInstant();
    flaws.add(
        new Flaw(
            Cause.VERSION_EXPIRES_TOO_EARLY,
            version.id() + " expires at " + expires + ", and is needed until " + until,
            "az keyvault key set-attributes --id " + version.id() + " --expires " + until));
  }

  /** Until when AKS may need a version: two rotations, and the margin. */
  private static LocalDate needed(LocalDate made, RotationPolicy policy) {
    LocalDate next = rotated(made, policy);
    LocalDate second = next == null ? null : rotated(next, policy);
    return second == null ? LocalDate.MAX : later(second, MARGIN);
  }

  /** When the vault makes the next version; null for never. */
  private static @Nullable LocalDate rotated(LocalDate made, RotationPolicy policy) {
    Period after = policy.rotateAfterCreation();
    Period before = policy.rotateBeforeExpiry();
    Period life = policy.expiryTime();
    @Nullable LocalDate byAge = after == null ? null : later(made, after);
    @Nullable LocalDate byExpiry =
        before == null || life == null ? null : earlier(later(made, life), before);
    if (byAge == null || byExpiry == null) {
      return byAge == null ? byExpiry : byAge;
    }
    return byAge.isBefore(byExpiry) ? byAge : byExpiry;
  }

  private static String withoutRotation(RotationPolicy policy) {
    return policy.rotateBeforeExpiry() == null
        ? "no time of rotation in the policy"
        : "rotated " + policy.rotateBeforeExpiry() + " before an expiry that new versions lack";
  }

  private static String described(RotationPolicy policy) {
    Period after = policy.rotateAfterCreation();
    String when =
        after == null
            ? policy.rotateBeforeExpiry() + " before its expiry"
            : after + " after it is made";
    return "rotated " + when + ", and expires after " + policy.expiryTime();
  }

  /** What to type: the interval stays where there is one, and what is too short grows. */
  private static String update(VaultKey key, RotationPolicy policy, LocalDate today) {
    long between = daysBetween(policy, today);
    Period life = Period.ofDays(Math.toIntExact(2 * between) + MARGIN_DAYS);
    Period asked = policy.expiryTime();
    boolean isEnough = asked != null && !later(today, asked).isBefore(later(today, life));
    Period notice = policy.notifyBeforeExpiry();
    boolean isSoonEnough = notice != null && !later(today, notice).isBefore(later(today, NOTICE));
    String wanted =
        "{\"lifetimeActions\":["
            + action("timeAfterCreate", Period.ofDays((int) between), "Rotate")
            + ","
            + action("timeBeforeExpiry", isSoonEnough ? notice : NOTICE, "Notify")
            + "],\"attributes\":{\"expiryTime\":\""
            + (isEnough ? asked : life)
            + "\"}}";
    return "az keyvault key rotation-policy update --vault-name "
        + key.vaultName()
        + " --name "
        + key.name()
        + " --value '"
        + wanted
        + "'";
  }

  private static String action(String trigger, @Nullable Period time, String type) {
    return "{\"trigger\":{\""
        + trigger
        + "\":\""
        + time
        + "\"},\"action\":{\"type\":\""
        + type
        + "\"}}";
  }

  private static long daysBetween(RotationPolicy policy, LocalDate today) {
    LocalDate next = rotated(today, policy);
    long days = next == null ? 0 : ChronoUnit.DAYS.between(today, next);
    boolean canBeKept = days >= FEWEST_DAYS_BETWEEN && days <= 10_000;
    return canBeKept ? days : DAYS_BETWEEN;
  }

  private static LocalDate date(Instant instant) {
    return LocalDate.ofInstant(instant, ZoneOffset.UTC);
  }

  /** What lies beyond any date never comes. */
  private static LocalDate later(LocalDate from, Period by) {
    try {
      return from.plus(by);
    } catch (DateTimeException | ArithmeticException beyond) {
      return LocalDate.MAX;
    }
  }

  private static LocalDate earlier(LocalDate from, Period by) {
    try {
      return from.minus(by);
    } catch (DateTimeException | ArithmeticException beyond) {
      return LocalDate.MIN;
    }
  }
}
