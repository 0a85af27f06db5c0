package dev.rekey.service;

import dev.rekey.service.port.OutsideFault;
import dev.rekey.service.port.OutsideSystem;
import dev.rekey.service.port.Signals;
import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one thing after another. Whatever goes wrong with one keeps no other from being looked
 * at.
 */
final class EachInTurn {
  private final Signals signals;
  private final String notLookedAt;

  /**
   * @param notLookedAt the signal that something could not be looked at
   */
  EachInTurn(Signals signals, String notLookedAt) {
    this.signals = signals;
    this.notLookedAt = notLookedAt;
  }

  /**
   * Looks at each. An answer missing from outside is said, and the timer looks again.
   *
   * @throws RuntimeException after all have been looked at, the first of any other kind, or of our
   *     own storage: what came of the look isn't stored, so its message must come again (promise
   *     T4)
   */
  <T> void look(Collection<T> all, Consumer<T> look) {
    @Nullable RuntimeException first = null;
    for (T one : all) {
      try {
        look.accept(one);
      } catch (OutsideFault fault) {
        signals.tell(notLookedAt, fault);
        first = first == null && fault.system() == OutsideSystem.STORAGE ? fault : first;
      } catch (RuntimeException unexpected) {
        signals.count(notLookedAt, unexpected.getClass().getSimpleName());
        first = first == null ? unexpected : first;
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
