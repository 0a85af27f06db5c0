package dev.rekey.aks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rekey.operation.preflight.Reading;
import dev.rekey.operation.preflight.Right;
import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideFault.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads single parts of what lies around a cluster. A part that may not be read, that isn't there
 * or that can't be understood is told as such; where ARM gives no answer, the fault goes on.
 */
final class ArmParts {
  /** Then nothing is known of ARM, and nothing of the other parts. */
  private static final Set<Kind> NO_ANSWER =
      EnumSet.of(Kind.UNREACHABLE, Kind.TIMED_OUT, Kind.BUSY, Kind.BROKEN, Kind.UNAUTHENTICATED);

  /** A page holds 100 and more. */
  private static final int MOST_PAGES = 100;

  private final ArmPages pages;
  private final ArmRequests requests;

  ArmParts(ArmHost host, ArmRequests requests) {
    this.pages = new ArmPages(host, MOST_PAGES);
    this.requests = requests;
  }

  /**
   * Reads one resource.
   *
   * @param doing our own words for it, such as {@code read the vault sample}
   * @param needed the right that it takes
   * @param view what is made of its body; it throws {@code OutsideFault} for one that it can't be
   */
  <T> Reading<T> one(
      String doing, String path, ArmVersion version, Right needed, Function<ObjectNode, T> view) {
    return reading(
        needed, () -> view.apply(requests.get(doing, requests.address(path, version, ""))));
  }

  /** Reads a list, all of its pages. */
  <T> Reading<List<T>> list(
      String doing,
      String path,
      ArmVersion version,
      String filter,
      Right needed,
      Function<JsonNode, T> view) {
    return reading(needed, () -> pages(doing, requests.address(path, version, filter), view));
  }

  /**
   * All pages of a list.
   *
   * @throws OutsideFault if one can't be had: a list that ended by an error isn't an ended list
   */
  <T> List<T> pages(String doing, String first, Function<JsonNode, T> view) {
    List<T> found = new ArrayList<>();
    pages.each(
        doing,
        first,
        address -> requests.get(doing, address),
        element -> found.add(view.apply(element)));
    return found;
  }

  /**
   * What a request came to.
   *
   * @param needed the right that it takes; null where the fault itself names it
   */
  static <T> Reading<T> reading(@Nullable Right needed, Supplier<T> request) {
    try {
      return Reading.of(request.get());
    } catch (OutsideFault fault) {
      if (NO_ANSWER.contains(fault.kind())) {
        throw fault;
      }
      return new Reading.Unread<>(
          String.valueOf(fault.getMessage()),
          fault.kind() == Kind.FORBIDDEN ? needed : null,
          fault.kind() == Kind.NOT_FOUND);
    }
  }
}
