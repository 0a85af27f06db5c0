package dev.rekey.reencryption;

import dev.rekey.key.KeyIdHash;
import java.util.function.BiPredicate;

/** What the API servers' counters say of a pass: under which keys its Secrets were read. */
final class CounterProof {
  private final Pass pass;

  CounterProof(Pass pass) {
    this.pass = pass;
  }

  /**
   * Whether they speak for each look, under whatever key. API servers without an encryption
   * configuration count nothing: what they can read is plain.
   */
  boolean isCounted() {
    return pass.growth()
        .map(
            growth ->
                growth.allReads() >= pass.tally().looks()
                    || (pass.writers().countNothing() && growth.allReads() == 0))
        .orElse(false);
  }

  /** Whether no more was read under other keys than the looks at exceptions explain. */
  boolean bearsOutLooks() {
    return holds(
        (growth, known) ->
            growth.foreignReads(known) <= pass.tally().exceptionLooks()
                && growth.readsOf(known) >= pass.tally().looks());
  }

  /** Whether nothing foreign was read, and the target as often as Secrets were looked at. */
  boolean speaksForAll() {
    long certain = pass.tally().looks() + pass.tally().exceptions();
    return holds(
        (growth, known) -> growth.foreignReads(known) == 0 && growth.readsOf(known) >= certain);
  }

  /** Whether it is so of the counters' growth and the target; not where one isn't known. */
  private boolean holds(BiPredicate<CounterGrowth, KeyIdHash> so) {
    KeyIdHash known = pass.target();
    return known != null && pass.growth().map(growth -> so.test(growth, known)).orElse(false);
  }
}
