package dev.rekey.operation.step;

import dev.rekey.operation.Decision;
import dev.rekey.operation.FactKind;
import dev.rekey.operation.Facts;
import java.util.Optional;
import java.util.Set;

/**
 * What must be so, beside the ledger's grounds, each time before an ARM update is sent: it was so
 * at the check, and may have changed since.
 */
interface BeforeSending {

  /** Why nothing may be sent, by what ARM alone shows; empty if it may. */
  Optional<Decision> atOnce(Facts facts);

  /** What is to be seen besides before one is sent. */
  Set<FactKind> needs(Facts facts);

  /** Why nothing may be sent, by what was seen besides; empty if it may. */
  Optional<Decision> objection(Facts facts);
}
