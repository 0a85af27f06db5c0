package dev.rekey.cli;

import dev.rekey.operation.Operation;

/**
 * An operation that writes is unfinished, and a command that changes nothing must not go on with
 * it.
 */
final class UnfinishedBusiness extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  UnfinishedBusiness(Operation earlier) {
    super(
        "the "
            + earlier.kind().token()
            + " "
            + earlier.id()
            + " is unfinished, and a census must not go on with what writes; type rekey "
            + earlier.kind().token()
            + " again first, or name another folder with --records");
  }
}
