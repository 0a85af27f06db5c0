package dev.rekey.app.commandline;

import dev.rekey.app.SortableIds;
import dev.rekey.key.Cloud;
import dev.rekey.key.KeyId;
import dev.rekey.key.VaultKey;
import dev.rekey.operation.ClusterName;
import dev.rekey.operation.Kind;
import dev.rekey.operation.KmsSettings;
import dev.rekey.operation.KubernetesVersion;
import dev.rekey.operation.Operation;
import dev.rekey.operation.Origin;
import dev.rekey.operation.Route;
import dev.rekey.reencryption.Limits;
import dev.rekey.service.Conduct;
import dev.rekey.service.Ports;
import dev.rekey.service.port.Records;
import dev.rekey.simulation.KubernetesUpgrade;
import dev.rekey.simulation.SimulatedControlPlane;
import dev.rekey.simulation.azure.NewCluster;
import dev.rekey.simulation.azure.SimulatedArm;
import dev.rekey.simulation.azure.SimulatedVault;
import dev.rekey.simulation.azure.UsualNeighbours;
import dev.rekey.simulation.cluster.ClusterShape;
import dev.rekey.simulation.cluster.SecretBatch;
import dev.rekey.simulation.cluster.SimulatedApiServers;
import dev.rekey.simulation.cluster.SimulatedCluster;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.time.VirtualTime;
import dev.rekey.storage.MemoryQueues;
import dev.rekey.storage.MemoryTable;
import dev.rekey.storage.TableRecords;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Rekey in a simulated world, in virtual time: one vault, one AKS cluster whose Secrets lie under
 * the vault's key.
 */
public final class SimulatedRekey {
  static final VaultKey KEY = new VaultKey("example.vault.azure.net", "etcd");
  private static final Instant BEGINNING = Instant.parse("2026-01-15T09:00:00Z");
  private static final Duration UPDATE_TAKES = Duration.ofMinutes(2);

  private final Records records = new TableRecords(new MemoryTable());
  private final VirtualTime time = new VirtualTime(BEGINNING);
  private final SimulatedVault vault;
  private final SimulatedArm arm;
  private final SimulatedControlPlane controlPlane = new SimulatedControlPlane();
  private final SimulatedCluster cluster;
  private final ClusterName name;
  private final KeyId first;
  private final Kind kind;
  private final String vaultResource;
  private final List<String> signals = new ArrayList<>();
  private final OneProcess process;
  private @Nullable KubernetesVersion upgradeTo;

  /**
   * What the world is like.
   *
   * @param seed the same one makes everything happen in the same way again
   * @param secrets Secrets of 1 KiB
   * @param namespaces over which they are spread
   * @param replicas API servers
   */
  public record Shape(long seed, int secrets, int namespaces, int replicas) {}

  public SimulatedRekey(Shape shape) {
    this(shape, Kind.ROTATE);
  }

  /** A world for a kind of operation: with KMS off, if that is to be turned on. */
  public SimulatedRekey(Shape shape, Kind kind) {
    this(shape, kind, Conduct.auto(Cloud.PUBLIC));
  }

  /** The same, in which Rekey does more or less by itself. */
  SimulatedRekey(Shape shape, Kind kind, Conduct conduct) {
    SplittableRandom random = new SplittableRandom(shape.seed());
    vault = new SimulatedVault(time, random.split());
    first = vault.createVersion(KEY);
    this.kind = kind;
    boolean encrypted = kind != Kind.ENABLE;
    arm = new SimulatedArm(time, random.split(), vault, controlPlane, UPDATE_TAKES);
    NewCluster plain = NewCluster.named("example");
    name = arm.add(encrypted ? onFirst(plain) : plain);
    arm.integrateApiServers(name);
    vaultResource = new UsualNeighbours(arm.neighbours()).around(arm.body(name), "example");
    cluster = cluster(shape, encrypted, random.nextLong());
    if (isOnKmsV1()) {
      controlPlane.driveKmsV1(cluster, first);
    } else if (encrypted) {
      controlPlane.drive(cluster, first);
    } else {
      controlPlane.drivePlain(cluster);
    }
    process = process(random, conduct);
  }

  private boolean isOnKmsV1() {
    return kind == Kind.MIGRATE_TO_KMS_V2;
  }

  private NewCluster onFirst(NewCluster plain) {
    NewCluster encrypted = plain.withKey(first);
    return isOnKmsV1() ? encrypted.onKubernetes(SimulatedMigration.OLD) : encrypted;
  }

  private EncryptionConfiguration configuration(boolean encrypted) {
    if (!encrypted) {
      return EncryptionConfiguration.off();
    }
    return isOnKmsV1()
        ? EncryptionConfiguration.underKmsV1(first.url())
        : EncryptionConfiguration.encrypted(first.url());
  }

  private SimulatedCluster cluster(Shape shape, boolean encrypted, long seed) {
    EncryptionConfiguration configuration = configuration(encrypted);
    ClusterShape servers = ClusterShape.encrypting(configuration).withReplicas(shape.replicas());
    return new SimulatedCluster(servers, vault, time, seed)
        .seed(SecretBatch.of(shape.secrets(), shape.namespaces()))
        .start();
  }

  private OneProcess process(SplittableRandom random, Conduct conduct) {
    MemoryQueues queues = new MemoryQueues(time);
    Ports ports =
        new Ports(
            arm,
            arm.surroundings(),
            vault,
            any -> new SimulatedApiServers(cluster),
            records,
            queues,
            (signal, reason) -> signals.add(signal + " " + reason),
            new SortableIds(time, random.split()),
            time);
    return new OneProcess(ports, queues, time::advanceTo, Limits.ALONE, conduct);
  }

  /**
   * The timer sees the cluster for the first time; a day later the vault makes a new version of its
   * key.
   *
   * @return the texts of the events that Key Vault sends
   */
  public List<String> makeNewVersion() {
    process.reconcile();
    vault.takeEvents();
    time.advance(Duration.ofDays(1));
    vault.createVersion(KEY);
    return vault.takeEvents();
  }

  /**
   * The timer sees the cluster for the first time; a day later somebody asks for the operation that
   * the world is for, and approves it where that is needed.
   */
  public Operation ask() throws InterruptedException {
    return switch (kind) {
      case MIGRATE_TO_KMS_V2 -> new SimulatedMigration(this).upgraded();
      case RECOVER_EXPIRED_KEY -> new SimulatedExpiredKey(this).approved();
      case RECOVER_DROPPED_KEY -> new SimulatedDroppedKey(this).approved();
      case RETURN -> new SimulatedReturn(this).approvedReturn();
      default -> ask(kind);
    };
  }

  /** The same, for another kind than the world is for. */
  Operation ask(Kind kind) {
    process.reconcile();
    time.advance(Duration.ofDays(1));
    Origin origin = new Origin(Origin.Trigger.COMMAND_LINE, "somebody", "a simulated wish");
    return process.start(name, kind, route(kind), origin).orElseThrow();
  }

  private Route route(Kind kind) {
    KmsSettings on = KmsSettings.of(first);
    return switch (kind) {
      case ENABLE -> Route.of(KmsSettings.OFF, on);
      case DISABLE -> Route.of(on, KmsSettings.OFF);
      case CHANGE_VAULT_ACCESS ->
          Route.of(on, KmsSettings.OFF, KmsSettings.ofPrivate(first, vaultResource));
      case MIGRATE_TO_KMS_V2 -> Route.of(on, KmsSettings.OFF, on).upgradingTo(upgradeTo);
      case REENCRYPT, CENSUS -> Route.staying(on);
      case ROTATE -> Route.of(first, vault.createVersion(KEY));
      case RECOVER_EXPIRED_KEY -> throw new IllegalStateException("a key has to expire first");
      case RECOVER_DROPPED_KEY -> throw new IllegalStateException("a key has to be dropped first");
      case RETURN -> throw new IllegalStateException("a rotation has to stall first");
    };
  }

  public ClusterName name() {
    return name;
  }

  public OneProcess process() {
    return process;
  }

  /** What an oracle may look at, and what a test may break. */
  SimulatedArm arm() {
    return arm;
  }

  /** Whoever asks for a migration from now on has it upgrade Kubernetes by itself. */
  SimulatedRekey upgradingTo(KubernetesVersion version) {
    upgradeTo = version;
    return this;
  }

  /** A person upgrades Kubernetes. */
  void upgrade(String version) {
    new KubernetesUpgrade(arm, controlPlane, cluster, time).begin(name, version);
  }

  /** The vault's ARM id. */
  String vaultResource() {
    return vaultResource;
  }

  SimulatedVault vault() {
    return vault;
  }

  SimulatedCluster cluster() {
    return cluster;
  }

  Records records() {
    return records;
  }

  VirtualTime time() {
    return time;
  }

  List<String> signals() {
    return List.copyOf(signals);
  }
}
