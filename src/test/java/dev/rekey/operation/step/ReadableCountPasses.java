package dev.rekey.operation.step;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Tally;

/** Counts of ten Secrets, one of which can't be decrypted. */
final class ReadableCountPasses {
  private ReadableCountPasses() {}

  /** All others lie under this key. */
  static Pass withUnreadable(Passes passes, KeyIdHash under) {
    return withUnreadable(passes, under, 3);
  }

  /**
   * @param failures how often the API servers say that they could not decrypt something
   */
  static Pass withUnreadable(Passes passes, KeyIdHash under, int failures) {
    return passes.ended(
        new Samples[] {
          Samples.of("a").reads(under, 109).failedReads(failures), Samples.of("b").reads(under, 100)
        },
        new Tally(Passes.SECRETS, 0, 9, 0, 1, 9, 3),
        ExceptionCounts.of(Samples.exceptions(ExceptionReason.UNDECRYPTABLE, 1)));
  }
}
