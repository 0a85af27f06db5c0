package dev.rekey.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** One replica: a real kube-apiserver on a loopback port. */
public final class ApiServerProcess implements AutoCloseable {
  private static final Duration START_WITHIN = Duration.ofSeconds(60);

  /** The API server looks at its configuration file once a minute. */
  private static final Duration RELOAD_WITHIN = Duration.ofSeconds(90);

  private static final String LAST_CONFIGURATION =
      "apiserver_encryption_config_controller_last_config_info";

  private final Settings settings;
  private final int port = FreePort.next();
  private KubernetesVersion version;
  private ChildProcess process;

  /**
   * @param folder for its log, certificates and encryption configuration
   * @param hostName of its own; empty to use the machine's
   * @param etcd the store's client address
   * @param accounts file of tokens
   * @param admin asks for its state
   * @param flags further ones; where a flag appears twice, the later counts
   */
  record Settings(
      Path folder,
      String hostName,
      String etcd,
      ServingCertificate certificate,
      Path accounts,
      Account admin,
      List<String> flags) {}

  ApiServerProcess(Settings settings, KubernetesVersion version) {
    this.settings = settings;
    this.version = version;
    try {
      Files.createDirectories(settings.folder());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts it and returns at once, with its encryption configuration if that is there. */
  public void start() {
    List<String> command = command();
    process =
        ChildProcess.start(
            settings.hostName().isEmpty() ? command : HostName.around(settings.hostName(), command),
            log());
  }

  private List<String> command() {
    Path key = settings.certificate().keyFile();
    Path certificate = settings.certificate().certificateFile();
    List<String> command = new ArrayList<>();
    command.add(version.binary().toString());
    command.addAll(
        List.of(
            "--etcd-servers=" + settings.etcd(),
            "--bind-address=127.0.0.1",
            "--advertise-address=127.0.0.1",
            "--secure-port=" + port,
            "--cert-dir=" + settings.folder().resolve("certificates"),
            "--tls-cert-file=" + certificate,
            "--tls-private-key-file=" + key,
            "--token-auth-file=" + settings.accounts(),
            "--authorization-mode=RBAC",
            "--service-account-issuer=https://kubernetes.default.svc",
            "--service-account-key-file=" + certificate,
            "--service-account-signing-key-file=" + key,
            "--service-cluster-ip-range=10.0.0.0/24",
            "--endpoint-reconciler-type=none",
            "--disable-admission-plugins=ServiceAccount"));
    if (Files.exists(configurationFile())) {
      command.add("--encryption-provider-config=" + configurationFile());
      command.add("--encryption-provider-config-automatic-reload=true");
    }
    command.addAll(version.flags());
    command.addAll(settings.flags());
    return command;
  }

  /** Waits until {@code /readyz} is ok. */
  public void awaitReady() {
    await("ready", START_WITHIN, requests -> requests.get("/readyz").status() == 200);
  }

  /**
   * Waits until it answers and has loaded this configuration, ready or not; one that doesn't tell
   * its configuration must become ready, and was restarted with it.
   */
  void awaitInForce(EncryptionConfiguration configuration) {
    if (!version.tellsConfiguration()) {
      awaitReady();
      return;
    }
    await(
        "configuration in force",
        RELOAD_WITHIN,
        requests ->
            requests.metrics().values("hash", LAST_CONFIGURATION).contains(configuration.hash()));
  }

  private void await(String what, Duration atMost, Predicate<PlainRequests> reached) {
    // A connection of its own: an older one may lead to the process before a restart.
    PlainRequests requests =
        new PlainRequests(url(), settings.admin().token(), settings.certificate().trust());
    Await.until(
        settings.folder().getFileName() + " " + what,
        atMost,
        () -> !process.isAlive() || answering(() -> reached.test(requests), false),
        () -> answering(() -> requests.get("/readyz?verbose").body(), "") + process.lastLines());
    if (!process.isAlive()) {
      throw new IllegalStateException("kube-apiserver has ended:\n" + process.lastLines());
    }
  }

  /** Not to answer is a state to wait in, as is an answer that says "not yet". */
  private static <T> T answering(Supplier<T> question, T otherwise) {
    try {
      return question.get();
    } catch (UncheckedIOException | IllegalStateException e) {
      return otherwise;
    }
  }

  /** Ends it in order; it ends by force when that takes longer than 5 s. */
  public void stop() {
    process.stop();
  }

  public void kill9() {
    process.kill9();
  }

  /** Stops it when it still runs and starts it on the same port; returns before it answers. */
  public void restart() {
    process.stop();
    start();
  }

  /** The same, as another version of Kubernetes from here on. */
  void restartAs(KubernetesVersion next) {
    version = next;
    restart();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public long pid() {
    return process.pid();
  }

  public String url() {
    return "https://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  public Path log() {
    return settings.folder().resolve("kube-apiserver.log");
  }

  public Path configurationFile() {
    return settings.folder().resolve("encryption.yaml");
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill9();
    }
  }
}
