package dev.rekey.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What persons have said to an operation: of each action the last order, in the order in which they
 * came.
 */
public record Orders(List<Order> last) {
  public static final Orders NONE = new Orders(List.of());

  public Orders {
    last = List.copyOf(last);
  }

  Orders with(Order order) {
    List<Order> changed = new ArrayList<>(last);
    changed.removeIf(earlier -> earlier.action() == order.action());
    changed.add(order);
    return new Orders(changed);
  }

  /** The last order to do this. */
  public Optional<Order> last(Order.Action action) {
    return last.stream().filter(order -> order.action() == action).findFirst();
  }

  /** The order that it was paused with, if it wasn't resumed since. */
  public Optional<Order> pause() {
    return last(Order.Action.PAUSE).filter(pause -> !isResumedSince(pause));
  }

  private boolean isResumedSince(Order pause) {
    return last(Order.Action.RESUME)
        .map(resume -> last.indexOf(resume) > last.indexOf(pause))
        .orElse(false);
  }

  /** The approval of this plan; empty if none was approved, or another one. */
  public Optional<Order> approval(String planHash) {
    return last(Order.Action.APPROVE).filter(order -> planHash.equals(order.planHash()));
  }
}
