package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.KeyIdHash;
import dev.rekey.key.Ledger;
import dev.rekey.key.ProvedOn;
import dev.rekey.operation.Operation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last proof that all of a cluster's Secrets lie under one key, or plain.
 *
 * @param under the label of that key, or {@code plain}
 * @param key the key version, where it is known and not plain
 */
record LastProof(Instant at, @Nullable String under, @Nullable KeyId key) {

  /** By the ledger, or by a rewrite for whose state of the cluster nothing could be noted there. */
  static Optional<LastProof> in(List<Operation> operations, Ledger ledger) {
    Stream<LastProof> rewrites =
        Whereabouts.newestFirst(operations)
            .filter(Whereabouts::isProof)
            .limit(1)
            .map(proof -> new LastProof(proof.at(), proof.home(), key(operations, proof)));
    Stream<LastProof> noted = Stream.ofNullable(ledger.proved()).map(LastProof::of);
    return Stream.concat(rewrites, noted).max(Comparator.comparing(LastProof::at));
  }

  private static @Nullable KeyId key(List<Operation> operations, Whereabouts proof) {
    return operations.stream()
        .filter(operation -> operation.id().equals(proof.operationId()))
        .findFirst()
        .map(Operation::to)
        .orElse(null);
  }

  private static LastProof of(ProvedOn proved) {
    return new LastProof(proved.at(), proved.under().label(), proved.key());
  }

  /**
   * Whether what ARM shows at a census is a version of the key that was proved, or plain as proved.
   */
  boolean isOfTheKeyOf(Operation census) {
    KeyIdHash shown = census.toHash();
    KeyId version = census.to();
    boolean isTheSame = shown != null && shown.label().equals(under);
    return isTheSame || (key != null && version != null && key.isVersionOfSameKey(version));
  }
}
