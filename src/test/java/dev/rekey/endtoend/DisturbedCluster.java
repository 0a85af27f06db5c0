package dev.rekey.endtoend;

import dev.rekey.app.SortableIds;
import dev.rekey.app.commandline.OneProcess;
import dev.rekey.app.commandline.Pause;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.kubernetes.ConnectionSettings;
import dev.rekey.kubernetes.Kubeconfig;
import dev.rekey.kubernetes.KubeconfigKubernetes;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Evidence;
import dev.rekey.operation.Kind;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Limits;
import dev.rekey.reencryption.Pacing;
import dev.rekey.service.Ports;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import dev.rekey.testbed.Slots;
import dev.rekey.testbed.Testbed;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A real cluster of one API server, whose keys a person has changed by hand, and Rekey that
 * re-encrypts it while a test disturbs both.
 */
final class DisturbedCluster implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Small shards, so that there are several of them to hand on. */
  private static final Limits LIMITS = new Limits(32, Pacing.FIXED, 1, 400, Duration.ofMinutes(4));

  final Testbed testbed;
  final DisturbedKubernetes kubernetes;
  final KeyId firstKey;

  /** Named and counted, as they would be alerted on. */
  final List<String> signals = Collections.synchronizedList(new ArrayList<>());

  private final SimulatedVault vault;
  private final SimulatedArm arm;
  private final ClusterName name;
  private final TableRecords records = new TableRecords(new MemoryTable());
  private final OneProcess rekey;

  /**
   * @param flags further ones for kube-apiserver
   */
  DisturbedCluster(String... flags) {
    Clock clock = Clock.systemUTC();
    vault = new SimulatedVault(clock, new Random(7));
    firstKey = vault.createVersion(RealCluster.KEY);
    testbed = Testbed.with(vault).key(firstKey.url()).flags(flags).start();
    arm =
        new SimulatedArm(
            clock, new Random(11), vault, new TestbedControlPlane(testbed), Duration.ofSeconds(1));
    name = arm.add(NewCluster.named("prod").withKey(firstKey));
    Kubeconfig kubeconfig = Kubeconfig.read(testbed.kubeconfig(), null);
    kubernetes =
        new DisturbedKubernetes(
            new KubeconfigKubernetes(name, kubeconfig, ConnectionSettings.defaults("test"), clock));
    MemoryQueues queues = new MemoryQueues(clock);
    Ports ports =
        new Ports(
            arm,
            arm.surroundings(),
            vault,
            kubernetes,
            records,
            queues,
            (signal, reason) -> signals.add(signal + " " + reason),
            new SortableIds(clock, new Random()),
            clock);
    rekey = new OneProcess(ports, queues, Pause.onClock(clock), LIMITS, Cloud.PUBLIC);
  }

  /**
   * Somebody moves the cluster to a new key version by hand and leaves the Secrets as they are.
   *
   * @param kept further versions to keep readable, newest first; AKS keeps one
   */
  KeyId movedByHand(KeyId... kept) {
    KeyId made = vault.createVersion(RealCluster.KEY);
    String[] urls = new String[kept.length + 1];
    urls[0] = made.url();
    for (int index = 0; index < kept.length; index++) {
      urls[index + 1] = kept[index].url();
    }
    testbed.configure(0, Slots.of(urls));
    testbed.replica(0).awaitReady();
    arm.changedByAnother(name, body -> KeyIds.set(body, made));
    return made;
  }

  /** Re-encrypts all Secrets; returns when it has ended or stalled. */
  Operation reencrypt(KeyId key) throws InterruptedException {
    Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "test", "a test");
    Operation started = rekey.start(name, Kind.REENCRYPT, Route.of(key, key), origin).orElseThrow();
    return rekey.run(started, latest -> {}, PATIENCE);
  }

  Evidence evidence(Operation operation) {
    return rekey.evidence(operation).orElseThrow().evidence();
  }

  /** Promise S3, for each shard and each pass that was judged; empty if all hold. */
  List<String> sumsThatDoNotHold(Operation operation) {
    return new SumsOfPasses(records, operation).thatDoNotHold();
  }

  @Override
  public void close() {
    testbed.close();
  }
}
