package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A real etcd on a loopback port, and the oracle of every test: what is stored is read here. */
public final class Etcd implements AutoCloseable {
  private static final String SECRETS = "/registry/secrets/";
  private static final Duration START_WITHIN = Duration.ofSeconds(30);

  private final Path folder;
  private final int clientPort = FreePort.next();
  private final int peerPort = FreePort.next();
  private final EtcdGateway gateway = new EtcdGateway(endpoint());
  private ChildProcess process;

  private Etcd(Path folder) {
    this.folder = folder;
  }

  /** Starts an empty etcd whose data and log lie in {@code folder}; returns when it answers. */
  public static Etcd start(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Etcd etcd = new Etcd(folder);
    etcd.launch();
    return etcd;
  }

  private void launch() {
    process = ChildProcess.start(command(), folder.resolve("etcd.log"));
    Await.until(
        "etcd answers", START_WITHIN, () -> !process.isAlive() || answers(), process::lastLines);
    if (!process.isAlive()) {
      throw new IllegalStateException("etcd ended at once:\n" + process.lastLines());
    }
  }

  private List<String> command() {
    String peer = "http://127.0.0.1:" + peerPort;
    return List.of(
        Binaries.etcd().toString(),
        "--data-dir=" + folder.resolve("data"),
        "--listen-client-urls=" + endpoint(),
        "--advertise-client-urls=" + endpoint(),
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer,
        "--log-level=warn",
        // A test survives a killed etcd, not a power cut: page cache is enough, and twice as fast.
        "--unsafe-no-fsync");
  }

  private boolean answers() {
    try {
      return gateway.revision() > 0;
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  /** The client address, for an API server's {@code --etcd-servers}. */
  public String endpoint() {
    return "http://127.0.0.1:" + clientPort;
  }

  /** Ends it in order. The data stays. */
  public void stop() {
    process.stop();
  }

  /** Ends it as a power cut of one machine would. */
  public void kill9() {
    process.kill9();
  }

  /** Lets it stand still: every request hangs until {@link #goOn}. */
  public void standStill() {
    process.standStill();
  }

  public void goOn() {
    process.goOn();
  }

  /** Stops it when it still runs, then starts it over the same data on the same port. */
  public void restart() {
    process.stop();
    launch();
  }

  /** The store's current revision: two equal readings mean that nothing was written in between. */
  public long revision() {
    return gateway.revision();
  }

  /** Everything under a prefix, in key order, all of one revision. */
  public List<StoredValue> range(String prefix) {
    return gateway.range(prefix);
  }

  public Optional<StoredValue> get(String key) {
    return gateway.get(key);
  }

  /** Writes past every API server, as odd leftovers got into old clusters. Returns the revision. */
  public long put(String key, byte[] value) {
    return gateway.put(key, value);
  }

  /** Deletes past every API server. Returns how many keys went: 0 or 1. */
  public long delete(String key) {
    return gateway.delete(key);
  }

  /** Forgets every revision before the current one, as API servers have it done every 5 minutes. */
  public void compact() {
    gateway.compact(revision());
  }

  /** Every stored Secret of the cluster. */
  public List<StoredSecret> secrets() {
    return range(SECRETS).stream().map(StoredSecret::parse).toList();
  }

  /**
   * The same by a single read, for whoever looks often: 10,000 Secrets of 1 KiB in about 300 ms.
   */
  public List<StoredSecret> secretsAtOnce() {
    return gateway.rangeAtOnce(SECRETS).stream().map(StoredSecret::parse).toList();
  }

  /** One stored Secret; fails when there is none. */
  public StoredSecret secret(String namespace, String name) {
    String key = secretKey(namespace, name);
    return get(key)
        .map(StoredSecret::parse)
        .orElseThrow(() -> new IllegalStateException("etcd holds no " + key));
  }

  public static String secretKey(String namespace, String name) {
    return SECRETS + namespace + "/" + name;
  }

  @Override
  public void close() {
    process.kill9();
  }
}
