package dev.rekey.operation.recipe;

import java.util.ArrayList;
import java.util.List;

/**
 * How long each version of the key lives, and when the vault makes the next one. AKS keeps two
 * versions, and both must be usable: so each has to outlive two rotations, and some time for one
 * that comes late. Key Vault's own example (a rotation after 18 months, an expiry after 24) lets
 * the previous version expire while AKS still needs it.
 *
 * @param rotateAfterDays after this many days the vault makes the next version
 * @param expireAfterDays after this many days a version expires
 */
public record KeyLife(int rotateAfterDays, int expireAfterDays) {

  /** Twice a year, with a quarter of a year to spare. */
  public static final KeyLife DEFAULT = new KeyLife(180, 450);

  /** A month: as long before an expiry as the vault announces it. */
  private static final int LEAST_MARGIN_DAYS = 30;

  /** The vault rotates no sooner than a week after a version was made. */
  private static final int LEAST_ROTATION_DAYS = 7;

  /** Key Vault's advice: at least every two years. */
  private static final int MOST_ROTATION_DAYS = 730;

  private static final int MOST_LIFE_DAYS = 3650;

  /** What is left of a version's life once two rotations are over. */
  int marginDays() {
    return expireAfterDays - 2 * rotateAfterDays;
  }

  String rotateAfter() {
    return "P" + rotateAfterDays + "D";
  }

  String expireAfter() {
    return "P" + expireAfterDays + "D";
  }

  List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    check(problems, "rotate-after", rotateAfterDays, LEAST_ROTATION_DAYS, MOST_ROTATION_DAYS);
    check(problems, "expire-after", expireAfterDays, leastLifeDays(), MOST_LIFE_DAYS);
    return problems;
  }

  /** Of a rotation that is itself out of range: as if it were in it, so that one thing is told. */
  private int leastLifeDays() {
    int rotation = Math.max(LEAST_ROTATION_DAYS, Math.min(MOST_ROTATION_DAYS, rotateAfterDays));
    return 2 * rotation + LEAST_MARGIN_DAYS;
  }

  private static void check(List<Problem> problems, String part, int days, int least, int most) {
    if (days < least || days > most) {
      String expected = "%d to %d days; each version has to outlive two rotations and %d days";
      problems.add(
          new Problem(
              part, Integer.toString(days), expected.formatted(least, most, LEAST_MARGIN_DAYS)));
    }
  }
}
