package dev.rekey.reliability.museum;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.app.simulated.Course;
import dev.rekey.app.simulated.Scenario;
import dev.rekey.app.simulated.Setup;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Reason;
import dev.rekey.reencryption.Shard;
import dev.rekey.reencryption.Tally;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Stored;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An operation whose shards have forgotten a Secret finds that out, and goes no further. */
class StopsItselfTest {
  private final List<String> signals = new ArrayList<>();
  private final List<Ports> seen = new ArrayList<>();

  @Test
  void aShardForgetsASecret_theOperationStallsWithAnAlertAndStoresNoEvidence() {
    Setup.Tampering forgetful =
        Setup.Tampering.of(
            ports -> {
              seen.add(ports);
              return Tamper.records("saveShard", StopsItselfTest::forgetOne)
                  .apply(listenedTo(ports));
            });

    Course.of(Sweep.calm(Scenario.REENCRYPT).get(0).tampered(forgetful));

    assertThat(signals).contains("promise-broken S3");
    Ports ports = seen.get(0);
    Operation operation = ports.records().operations(ports.clusters().list().get(0).name()).get(0);
    assertThat(operation.progress().pending().reason()).isEqualTo(Reason.PROMISE_BROKEN);
    assertThat(ports.records().evidence(operation.cluster(), operation.id())).isEmpty();
  }

  private static Object forgetOne(Object[] arguments, Tamper.Call call) throws Throwable {
    @SuppressWarnings("unchecked")
    Stored<Shard> shard = (Stored<Shard>) arguments[3];
    arguments[3] = shard.with(withoutOne(shard.value()));
    return call.make();
  }

  /** Whatever has become of it: each round that is begun anew forgets one too. */
  private static Shard withoutOne(Shard shard) {
    Tally all = shard.tally();
    long rewritten = Math.min(1, all.rewritten());
    long current = Math.min(1 - rewritten, all.current());
    Tally fewer =
        new Tally(
            all.discovered() - rewritten - current,
            all.rewritten() - rewritten,
            all.current() - current,
            all.deleted(),
            all.exceptions(),
            all.looks(),
            all.exceptionLooks());
    return shard.worked(shard.remaining(), shard.tried(), fewer, shard.exceptions());
  }

  private Ports listenedTo(Ports ports) {
    return new Ports(
        ports.clusters(),
        ports.surroundings(),
        ports.vault(),
        ports.kubernetes(),
        ports.records(),
        ports.messages(),
        (name, reason) -> signals.add(name + " " + reason),
        ports.ids(),
        ports.time());
  }
}
