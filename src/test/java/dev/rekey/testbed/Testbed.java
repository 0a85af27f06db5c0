package dev.rekey.testbed;

import dev.rekey.simulation.key.KeyOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real cluster's control plane on this machine, as far as Secrets and their keys go: one etcd,
 * one or two kube-apiservers before it, a KMS plugin per key version, and one address for all
 * replicas. Everything listens on loopback and ends with {@link #close}, at the latest with the
 * JVM.
 *
 * <p>{@code -Drekey.testbed.keep=true} keeps the folder with all logs.
 */
public final class Testbed implements AutoCloseable {
  private final TestbedSetup setup;
  private final Path folder;
  private final Account admin = Account.admin();
  private final Account rekey = Account.rekey();
  private final Etcd etcd;
  private final ServingCertificate certificate;
  private final Map<String, KmsPlugin> plugins = new ConcurrentHashMap<>();
  private final List<ApiServerProcess> replicas = new ArrayList<>();
  private final Map<Integer, Slots> slots = new ConcurrentHashMap<>();
  private final LoadBalancer balancer;
  private KubernetesVersion kubernetes;

  private Testbed(TestbedSetup setup) throws IOException {
    this.setup = setup;
    this.kubernetes = setup.kubernetes();
    this.folder = Files.createTempDirectory("rekey-testbed");
    CompletableFuture<ServingCertificate> generated =
        CompletableFuture.supplyAsync(() -> ServingCertificate.generate(folder));
    this.etcd = Etcd.start(folder.resolve("etcd"));
    this.certificate = generated.join();
    Files.writeString(folder.resolve("accounts.csv"), admin.line() + rekey.line());
    for (int number = 0; number < setup.replicas(); number++) {
      replicas.add(new ApiServerProcess(settings(number), kubernetes));
      write(number, setup.slots());
    }
    this.balancer = LoadBalancer.before(replicas.stream().map(ApiServerProcess::port).toList());
  }

  /**
   * One replica of Kubernetes 1.36, {@link Loading#RESTART}, no KMS; what it returns changes that,
   * and starts it.
   */
  public static TestbedSetup with(KeyOperations keys) {
    return new TestbedSetup(
        keys, KubernetesVersion.V1_36, 1, Loading.RESTART, Slots.NONE, List.of());
  }

  static Testbed start(TestbedSetup setup) {
    try {
      Testbed testbed = new Testbed(setup);
      testbed.startReplicas();
      return testbed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ApiServerProcess.Settings settings(int number) {
    String name = "replica-" + number;
    return new ApiServerProcess.Settings(
        folder.resolve(name),
        setup.replicas() == 1 ? "" : "rekey-testbed-" + number,
        etcd.endpoint(),
        certificate,
        folder.resolve("accounts.csv"),
        admin,
        setup.flags());
  }

  /** What fails half-way must not leave processes behind: nobody holds a Testbed to close then. */
  private void startReplicas() {
    try {
      replicas.forEach(this::startApart);
      replicas.forEach(ApiServerProcess::awaitReady);
      Role.grant(requests());
      IntStream.range(0, replicas.size())
          .forEach(number -> Role.awaitGranted(requests(rekey, replica(number).url())));
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /**
   * A kernel tells when a process started to 10 ms, and without an encryption configuration an API
   * server tells nothing else that another doesn't.
   */
  private void startApart(ApiServerProcess replica) {
    LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    replica.start();
  }

  /**
   * Rotates every replica to this key version and waits until all are ready: with {@link
   * Loading#RESTART} one after the other, with {@link Loading#RELOAD} as each notices.
   */
  public void applyKey(String keyUrl) {
    applyToAll(before -> before.withKey(keyUrl));
  }

  /** Rotates one replica only and waits until it is ready: an update in the middle of its way. */
  public void applyKey(int replica, String keyUrl) {
    configure(replica, slots(replica).withKey(keyUrl));
    replica(replica).awaitReady();
  }

  /** Turns KMS off on every replica: Secrets are written plain, the keys still read. */
  public void applyPlain() {
    applyToAll(Slots::withPlain);
  }

  public void applyPlain(int replica) {
    configure(replica, slots(replica).withPlain());
    replica(replica).awaitReady();
  }

  /** All files first: replicas that poll them then pass the same minute, not one each. */
  private void applyToAll(UnaryOperator<Slots> change) {
    everyReplica().forEach(number -> write(number, change.apply(slots(number))));
    for (int number = 0; number < replicas.size(); number++) {
      load(number);
      replica(number).awaitReady();
    }
  }

  /**
   * Gives one replica exactly these slots, also those that AKS never would, and waits until it has
   * loaded them. It needn't become ready: with Secrets that it can't read it won't.
   */
  public void configure(int replica, Slots wanted) {
    write(replica, wanted);
    load(replica);
  }

  private void load(int replica) {
    if (setup.loading() == Loading.RESTART) {
      replica(replica).restart();
    }
    awaitInForce(replica);
  }

  /** Only writes the configuration file, which the running replica may notice within a minute. */
  public void write(int replica, Slots wanted) {
    slots.put(replica, wanted);
    if (wanted.areConfigured()) {
      configuration(replica).writeTo(replica(replica).configurationFile());
    }
  }

  /** Waits until a replica answers and has loaded what {@link #write} wrote last, ready or not. */
  public void awaitInForce(int replica) {
    replica(replica).awaitInForce(configuration(replica));
  }

  private EncryptionConfiguration configuration(int replica) {
    Slots written = slots(replica);
    return new EncryptionConfiguration(
        kubernetes.kms(),
        written.keyUrls().stream().map(this::plugin).toList(),
        written.plainFirst());
  }

  /**
   * Upgrades the API servers, one after the other, over the same etcd. KMS must be off: no key is
   * configured from here on, and those Secrets that aren't plain can't be read.
   */
  public void upgrade(KubernetesVersion to) {
    kubernetes = to;
    everyReplica()
        .forEach(
            number -> {
              write(number, Slots.NONE);
              replica(number).restartAs(to);
              awaitInForce(number);
              replica(number).awaitReady();
            });
  }

  /** The plugin of a key version; started when there is none yet. */
  public KmsPlugin plugin(String keyUrl) {
    return plugins.computeIfAbsent(keyUrl, url -> KmsPlugin.start(socket(url), url, setup.keys()));
  }

  /** Takes the plugins of all key versions from their sockets, until {@link #plugIn}. */
  public void unplug() {
    plugins.values().forEach(KmsPlugin::close);
  }

  public void plugIn() {
    plugins.replaceAll((url, closed) -> KmsPlugin.start(socket(url), url, setup.keys()));
  }

  private Path socket(String keyUrl) {
    return folder.resolve(EncryptionConfiguration.providerName(keyUrl) + ".sock");
  }

  private Stream<Integer> everyReplica() {
    return IntStream.range(0, replicas.size()).boxed();
  }

  public Etcd etcd() {
    return etcd;
  }

  /** Numbered from 0. */
  public ApiServerProcess replica(int number) {
    return replicas.get(number);
  }

  /** What a replica's configuration file holds; see {@link #configure} for what is in force. */
  public Slots slots(int replica) {
    return slots.get(replica);
  }

  public LoadBalancer balancer() {
    return balancer;
  }

  /** The one address of all replicas: the balancer's, or with one replica its own. */
  public String url() {
    return replicas.size() == 1 ? replica(0).url() : balancer.url();
  }

  /** May do everything. */
  public Account admin() {
    return admin;
  }

  /** May do what Rekey's role allows. */
  public Account rekey() {
    return rekey;
  }

  /** As administrator to the one address; each call's result has a connection of its own. */
  public PlainRequests requests() {
    return requests(admin, url());
  }

  /** Requests as administrator to one replica. */
  public PlainRequests requests(int replica) {
    return requests(admin, replica(replica).url());
  }

  public PlainRequests requests(Account account, String url) {
    return new PlainRequests(url, account.token(), certificate.trust());
  }

  /** A kubeconfig file for Rekey's own user at the one address of all replicas. */
  public Path kubeconfig() {
    return kubeconfig(rekey, url());
  }

  public Path kubeconfig(Account account, String url) {
    return Kubeconfig.write(folder, url, certificate.certificateFile(), account);
  }

  /** A proxy before the one address of all replicas that records what passes; to be closed. */
  public RecordingProxy recordingProxy() {
    return RecordingProxy.before(URI.create(url()).getPort(), certificate);
  }

  /**
   * Makes every update of a Secret in this namespace fail by policy; returns when it is in force.
   */
  public void denySecretUpdates(String namespace) {
    obstacle(namespace).deny();
  }

  /** The same, by a policy whose words to the client quote the Secret's own {@code value}. */
  public void denySecretUpdatesQuotingThem(String namespace) {
    obstacle(namespace).denyQuoting();
  }

  /** Makes every update of a Secret here fail on a webhook that is down; returns when in force. */
  public void breakSecretUpdates(String namespace) {
    obstacle(namespace).breakWebhook();
  }

  /** Takes away what {@link #denySecretUpdates} and {@link #breakSecretUpdates} put in the way. */
  public void allowSecretUpdates(String namespace) {
    obstacle(namespace).remove();
  }

  /** Alters every Secret here at each update, by a webhook that is to be closed. */
  public AlteringWebhook alterSecretUpdates(String namespace) {
    return AlteringWebhook.before(namespace, certificate, this);
  }

  private Obstacle obstacle(String namespace) {
    return new Obstacle(namespace, everyReplica().map(this::requests).toList());
  }

  /** For logs, kubeconfigs and sockets; deleted at the end. */
  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    balancer.close();
    replicas.forEach(ApiServerProcess::close);
    etcd.close();
    plugins.values().forEach(KmsPlugin::close);
    if (!Boolean.getBoolean("rekey.testbed.keep")) {
      deleteFolder();
    }
  }

  private void deleteFolder() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
