package dev.rekey.endtoend.kills;

import dev.rekey.key.KeyIdHash;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Records;
import dev.rekey.service.port.Stored;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the records of an unfinished operation claim of etcd: so many Secrets have been rewritten or
 * were found current, so they lie under this key.
 *
 * @param target null if nothing is claimed yet
 * @param secrets of the pass that claims the most, by the tallies of its shards
 */
record Claim(@Nullable KeyIdHash target, long secrets) {
  static final Claim NOTHING = new Claim(null, 0);

  static Claim of(Records records, ClusterName cluster) {
    Optional<Operation> active = records.active(cluster).map(Stored::value);
    Claim most = NOTHING;
    for (Pass pass : active.map(operation -> operation.progress().passes()).orElseGet(List::of)) {
      Claim claim = of(records, active.orElseThrow(), pass);
      most = claim.secrets > most.secrets ? claim : most;
    }
    return most;
  }

  /** Shards are at work from the first scrape on; before, nothing has become of any Secret. */
  private static Claim of(Records records, Operation operation, Pass pass) {
    if (pass.stage() == Pass.Stage.LISTING || pass.stage() == Pass.Stage.LISTED) {
      return NOTHING;
    }
    Tally sum =
        records.shards(operation.cluster(), operation.id(), pass.id(), pass.shards()).stream()
            .map(Shard::tally)
            .reduce(Tally.NONE, Tally::plus);
    return new Claim(pass.target(), sum.rewritten() + sum.current());
  }
}
