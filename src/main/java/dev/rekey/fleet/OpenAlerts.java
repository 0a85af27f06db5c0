package dev.rekey.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The alerts of a cluster that aren't mended yet. They are remembered so that each is told once,
 * and not with every look.
 *
 * @param open by name and subject
 */
public record OpenAlerts(List<Open> open) {
  public static final OpenAlerts NONE = new OpenAlerts(List.of());

  private static final Comparator<Open> ORDER =
      Comparator.<Open, String>comparing(one -> one.alert().name())
          .thenComparing(one -> one.alert().subject());

  public OpenAlerts {
    open = List.copyOf(open);
  }

  /**
   * One of them.
   *
   * @param since when it was first found
   */
  public record Open(Alert alert, Instant since) {}

  /**
   * What a look makes of them.
   *
   * @param after those that are open now
   * @param told those that are new, or whose reason has changed
   * @param mended those that are open no more
   */
  public record Change(OpenAlerts after, List<Alert> told, List<Alert> mended) {
    public Change {
      told = List.copyOf(told);
      mended = List.copyOf(mended);
    }

    public boolean isNone() {
      return told.isEmpty() && mended.isEmpty();
    }
  }

  /**
   * Compares them with what was found now. One whose reason is the same stays as it was first told:
   * what it says may name an instant, which moves with every look.
   */
  public Change after(Look look, Instant now) {
    List<Open> after = new ArrayList<>();
    List<Alert> told = new ArrayList<>();
    for (Alert found : look.found()) {
      Optional<Open> before = find(found);
      boolean isKnown = before.filter(one -> isOfSameReason(one, found)).isPresent();
      if (!isKnown) {
        told.add(found);
      }
      after.add(isKnown ? before.get() : new Open(found, before.map(Open::since).orElse(now)));
    }
    List<Alert> mended = new ArrayList<>();
    for (Open before : open) {
      if (!look.names().contains(before.alert().name())) {
        after.add(before);
      } else if (look.found().stream().noneMatch(before.alert()::isSameAs)) {
        mended.add(before.alert());
      }
    }
    after.sort(ORDER);
    return new Change(new OpenAlerts(after), told, mended);
  }

  private static boolean isOfSameReason(Open before, Alert found) {
    return before.alert().reason().equals(found.reason());
  }

  private Optional<Open> find(Alert alert) {
    return open.stream().filter(one -> one.alert().isSameAs(alert)).findFirst();
  }
}
