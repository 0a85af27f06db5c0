package dev.rekey.reencryption;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the extent of a scope while its Secrets are listed, in little memory: beyond some thousand
 * members it remembers every second one, then every fourth, and halves nearly in the middle.
 */
public final class ExtentFinder {
  /** So few that their names fit well into the record of a pass. */
  private static final int MOST_MEMBERS = 32;

  private static final int MOST_MARKS = 4096;

  private final boolean ofSecrets;
  private final List<Mark> marks = new ArrayList<>();
  private @Nullable String last;
  private long members;
  private long secrets;
  private long everyth = 1;

  /** A member, and how many Secrets come before it. */
  private record Mark(String name, long before) {}

  public ExtentFinder(Scope scope) {
    this.ofSecrets = scope.isWithinNamespace();
  }

  /** Takes in the next Secret of the list. */
  public void add(SecretRef secret) {
    String member = ofSecrets ? secret.name() : secret.namespace();
    if (!member.equals(last)) {
      mark(member);
      last = member;
    }
    secrets++;
  }

  private void mark(String member) {
    if (members++ % everyth == 0) {
      marks.add(new Mark(member, secrets));
    }
    if (marks.size() > MOST_MARKS) {
      thinOut();
    }
  }

  private void thinOut() {
    List<Mark> kept = new ArrayList<>();
    for (int number = 0; number < marks.size(); number += 2) {
      kept.add(marks.get(number));
    }
    marks.clear();
    marks.addAll(kept);
    everyth *= 2;
  }

  public Extent found() {
    return new Extent(members(), middle());
  }

  private List<Extent.Member> members() {
    List<Extent.Member> all = new ArrayList<>();
    if (members > MOST_MEMBERS) {
      return all;
    }
    for (int number = 0; number < marks.size(); number++) {
      long end = number + 1 < marks.size() ? marks.get(number + 1).before() : secrets;
      all.add(new Extent.Member(marks.get(number).name(), end - marks.get(number).before()));
    }
    return all;
  }

  private @Nullable String middle() {
    @Nullable Mark best = null;
    for (Mark mark : marks) {
      boolean cuts = mark.before() > 0;
      if (cuts && (best == null || fromHalf(mark) < fromHalf(best))) {
        best = mark;
      }
    }
    return best == null ? null : best.name();
  }

  private long fromHalf(Mark mark) {
    return Math.abs(2 * mark.before() - secrets);
  }
}
