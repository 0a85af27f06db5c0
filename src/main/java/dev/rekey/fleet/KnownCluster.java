package dev.rekey.fleet;

import dev.rekey.key.KeyId;
import dev.rekey.key.Ledger;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.Operation;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one cluster in scope.
 *
 * @param ledger null if it was never seen before
 * @param active the operation under way; null if none is
 * @param target the version that it is to be rotated to, by Rekey or a person; null if there is
 *     none
 * @param counts what its Secrets were found under, oldest first: at least every count since the
 *     last whole one
 * @param unread why its records could not be read, in our own words; null if they could
 */
public record KnownCluster(
    ClusterName name,
    KeyInUse inUse,
    @Nullable Ledger ledger,
    @Nullable Operation active,
    @Nullable KeyId target,
    List<Counted> counts,
    @Nullable String unread) {

  public KnownCluster {
    counts = List.copyOf(counts);
  }

  /** Every key version that it is known to have to do with. */
  public Stream<KeyId> named() {
    Stream<KeyId> slots = Stream.of(inUse.version(), target).filter(key -> key != null);
    Ledger known = ledger;
    Stream<KeyId> ever =
        known == null ? Stream.empty() : known.entries().stream().map(entry -> entry.key());
    return Stream.of(slots, ever, ofOperation()).flatMap(one -> one);
  }

  /** Those that the operation under way starts from, comes by, or leads to. */
  Stream<KeyId> ofOperation() {
    Operation under = active;
    return under == null
        ? Stream.empty()
        : under.route().stops().stream().map(KmsSettings::key).filter(key -> key != null);
  }
}
