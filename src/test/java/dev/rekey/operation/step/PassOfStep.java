package dev.rekey.operation.step;

import static dev.rekey.operation.Example.hash;

import dev.rekey.key.KeyIdHash;
import dev.rekey.reencryption.ExceptionCounts;
import dev.rekey.reencryption.ExceptionReason;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.PassKind;
import dev.rekey.reencryption.Passes;
import dev.rekey.reencryption.Samples;
import dev.rekey.reencryption.Tally;
import java.util.Locale;

/**
 * A pass as the decision tables name it: its kind, a hyphen, and how far it is or what it came to.
 *
 * <ul>
 *   <li>{@code clean}: all ten Secrets were read under version 1, its target
 *   <li>{@code new-key}: one of them under version 2, {@code foreign}: under version 0
 *   <li>{@code few}: the counters grew by less than was looked at
 *   <li>{@code failed}: one can't be decrypted, and the servers have counted that
 *   <li>{@code unread}: one is an exception that the counters don't speak for
 *   <li>{@code void}: for a write pass another key was written, otherwise a replica restarted
 * </ul>
 */
record PassOfStep(String step, String name) {

  Passes passes(KeyIdHash target) {
    String kind = name.substring(0, name.indexOf('-')).toUpperCase(Locale.ROOT);
    return Passes.of(step, PassKind.valueOf(kind), target);
  }

  Pass built(Passes passes) {
    return switch (name.substring(name.indexOf('-') + 1)) {
      case "listing" -> passes.begun();
      case "listed" -> passes.listed();
      case "running" -> passes.running();
      case "clean" -> passes.clean();
      case "new-key" -> passes.withForeignReads(hash(2));
      case "foreign" -> passes.withForeignReads(hash(0));
      case "few" -> read(passes, 9);
      case "failed" -> failed(passes);
      case "unread" -> passes.withException(ExceptionReason.FORBIDDEN);
      case "void" -> name.startsWith("write") ? foreignWrites(passes) : passes.interrupted();
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static Pass read(Passes passes, int reads) {
    return passes.ended(
        new Samples[] {
          Samples.of("a").reads(hash(1), 100 + reads), Samples.of("b").reads(hash(1), 100)
        },
        Samples.allCurrent(Passes.SECRETS),
        ExceptionCounts.NONE);
  }

  private static Pass failed(Passes passes) {
    return passes.ended(
        new Samples[] {
          Samples.of("a").reads(hash(1), 109).failedReads(3), Samples.of("b").reads(hash(1), 100)
        },
        new Tally(Passes.SECRETS, 0, 9, 0, 1, 9, 3),
        ExceptionCounts.of(Samples.exceptions(ExceptionReason.UNDECRYPTABLE, 1)));
  }

  private static Pass foreignWrites(Passes passes) {
    return passes.ended(
        new Samples[] {Samples.of("a").writes(hash(0), 1), Samples.of("b")},
        Samples.allCurrent(Passes.SECRETS),
        ExceptionCounts.NONE);
  }
}
