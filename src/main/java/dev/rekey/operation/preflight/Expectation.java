package dev.rekey.operation.preflight;

import java.util.Optional;
import java.util.function.Function;

/**
 * What a check expects, and how to come to it.
 *
 * @param expected what should be there
 * @param remedy the command that brings it about
 * @param look the command that shows it: where nobody knows, nothing should be changed on suspicion
 */
record Expectation(String expected, String remedy, String look, Documented documented) {

  Optional<Answer> passed(String seen) {
    return answer(Verdict.PASSED, seen, "");
  }

  Optional<Answer> failed(String seen) {
    return answer(Verdict.FAILED, seen, remedy);
  }

  Optional<Answer> warned(String seen) {
    return answer(Verdict.WARNED, seen, remedy);
  }

  Optional<Answer> cannotTell(String why) {
    return answer(Verdict.CANNOT_TELL, "not known: " + why, look);
  }

  Optional<Answer> passedIf(boolean holds, String seen) {
    return holds ? passed(seen) : failed(seen);
  }

  /** Judges what was read; where it wasn't, says why, and how to grant the right that lacks. */
  <T> Optional<Answer> judge(Reading<T> reading, Function<T, Optional<Answer>> judge) {
    if (reading instanceof Reading.Read<T> read) {
      return judge.apply(read.value());
    }
    Reading.Unread<T> unread = (Reading.Unread<T>) reading;
    Right missing = unread.missing();
    return answer(
        Verdict.CANNOT_TELL,
        "not known: " + unread.why(),
        missing == null ? look : Commands.grantRekey(missing));
  }

  private Optional<Answer> answer(Verdict verdict, String seen, String command) {
    return Optional.of(new Answer(verdict, seen, this, command));
  }
}
