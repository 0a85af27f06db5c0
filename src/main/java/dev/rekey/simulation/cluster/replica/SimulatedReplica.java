package dev.rekey.simulation.cluster.replica;

import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.EncryptionMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One API server of the cluster: it can be started, killed and restarted, and be told another
 * encryption configuration.
 */
public final class SimulatedReplica {
  /** The file is looked at once a minute. */
  private static final int SLOWEST_RELOAD_SECONDS = 60;

  private static final Duration RELOAD_RETRY = Duration.ofSeconds(10);

  private static final Duration SHORTEST_RESTART = Duration.ofMillis(10);

  private final String name;
  private final SharedParts parts;
  private final ReplicaSettings settings;
  private final SplittableRandom random;
  private final IdentityLease lease;
  private final ReplicaLoad load;
  private EncryptionConfiguration staged;
  private Instant lastStart = Instant.MIN;
  private @Nullable ServerProcess process;

  public SimulatedReplica(
      String name,
      EncryptionConfiguration configuration,
      ReplicaSettings settings,
      SharedParts parts,
      SplittableRandom random) {
    this.name = name;
    this.staged = configuration;
    this.settings = settings;
    this.parts = parts;
    this.random = random;
    this.lease = new IdentityLease(name, parts.time().instant());
    this.load = new ReplicaLoad(settings, random.split());
  }

  public String name() {
    return name;
  }

  public IdentityLease lease() {
    return lease;
  }

  public ReplicaLoad load() {
    return load;
  }

  public boolean isAlive() {
    return process != null;
  }

  /** Another number after each start. A request that was sent to an earlier process is lost. */
  public @Nullable Instant processStart() {
    return process == null ? null : process.startedAt();
  }

  public void start() {
    if (process != null) {
      throw new IllegalStateException(name + " is already running");
    }
    lease.take(now());
    lastStart = nextStart();
    process =
        new ServerProcess(lastStart, staged, parts, random.split(), settings.pollsWhenLookedAt());
    process.start();
    tell("starts with " + staged);
  }

  /** Stops at once; what is in flight gets no answer. */
  public void kill() {
    running().stop();
    process = null;
    lease.leave(now());
    tell("stops");
  }

  /**
   * The new process begins with the newest configuration, with empty caches and with counters at
   * zero.
   */
  public void restart() {
    if (process != null) {
      kill();
    }
    start();
  }

  /** Gives it another configuration, which takes effect with the next start only. */
  public void stage(EncryptionConfiguration configuration) {
    staged = configuration;
  }

  /** Gives it another configuration, which it notices by itself within a minute. */
  public void configure(EncryptionConfiguration configuration) {
    stage(configuration);
    Duration delay = Duration.ofSeconds(1L + random.nextInt(SLOWEST_RELOAD_SECONDS));
    parts.time().after(delay, () -> reload(configuration));
  }

  /** Loads the newest configuration now; false if a provider of it isn't well. */
  public boolean reload() {
    boolean loaded = running().load(staged);
    tell((loaded ? "loads " : "refuses ") + staged);
    return loaded;
  }

  private void reload(EncryptionConfiguration configuration) {
    boolean overtaken = !configuration.equals(staged) || process == null;
    if (overtaken || configuration.equals(configuration()) || reload()) {
      return;
    }
    parts.time().after(RELOAD_RETRY, () -> reload(configuration));
  }

  /** The configuration in force, which may not be the newest. */
  public EncryptionConfiguration configuration() {
    return running().configuration();
  }

  public boolean isReady() {
    return process != null && process.isReady();
  }

  public boolean isLive() {
    return process != null && process.isLive();
  }

  /** What {@code /readyz/kms-providers} says. */
  public boolean areKeysHealthy() {
    return process != null && process.areKeysHealthy();
  }

  public SecretRequests secrets() {
    return new SecretRequests(running(), parts.etcd(), parts.admission(), parts.time());
  }

  public ListRequests lists() {
    return new ListRequests(running(), parts.etcd(), parts.snapshots(), settings.pagesReadEtcd());
  }

  public EncryptionMetrics metrics() {
    return running().metrics();
  }

  /** Its metrics as the product understands them. */
  public ReplicaSample sample() {
    return ReplicaSamples.of(lease, running());
  }

  private ServerProcess running() {
    if (process == null) {
      throw new IllegalStateException(name + " is not running");
    }
    return process;
  }

  /** Never the same twice, even if no time has passed: it is by this that a restart is noticed. */
  private Instant nextStart() {
    return now().isAfter(lastStart) ? now() : lastStart.plus(SHORTEST_RESTART);
  }

  public Instant now() {
    return parts.time().instant();
  }

  private void tell(String what) {
    parts.log().add(now() + " " + name + " " + what);
  }

  @Override
  public String toString() {
    return name;
  }
}
