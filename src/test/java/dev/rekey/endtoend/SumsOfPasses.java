package dev.rekey.endtoend;

import dev.rekey.operation.Operation;
import dev.rekey.reencryption.Pass;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.port.Records;
import java.util.ArrayList;
import java.util.List;

/** Promise S3 as the records of an operation show it. */
public record SumsOfPasses(Records records, Operation operation) {

  /** Of each shard and each pass that was judged; empty if all hold. */
  public List<String> thatDoNotHold() {
    List<String> wrong = new ArrayList<>();
    for (Pass pass : operation.progress().passes()) {
      Tally sum = Tally.NONE;
      for (Shard shard :
          records.shards(operation.cluster(), operation.id(), pass.id(), pass.shards())) {
        sum = sum.plus(shard.tally());
        if (shard.tally().remaining() != 0) {
          wrong.add(pass.id() + "/" + shard.number() + ": " + shard.tally());
        }
      }
      if (!sum.equals(pass.tally()) || sum.discovered() != pass.discovered()) {
        wrong.add(pass.id() + ": " + sum + " in shards, " + pass.tally());
      }
    }
    return wrong;
  }
}
