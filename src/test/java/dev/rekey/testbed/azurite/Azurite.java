package dev.rekey.testbed.azurite;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import dev.rekey.testbed.Await;
import dev.rekey.testbed.ChildProcess;
import dev.rekey.testbed.NodeModules;
import dev.rekey.testbed.ServingCertificate;
import dev.rekey.testbed.transport.Destinations;
import dev.rekey.testbed.transport.RedirectedTransport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Azurite's queues and tables in memory, over HTTPS, for callers with a token as in production: it
 * checks a token's claims, not its signature. Listens on loopback and ends with {@link #close}.
 */
public final class Azurite implements AutoCloseable {
  public static final String ACCOUNT = "rekeytest";

  private static final String KEY =
      Base64.getEncoder().encodeToString("only-in-a-test".getBytes(StandardCharsets.US_ASCII));
  private static final Pattern LISTENING =
      Pattern.compile("Azurite (\\w+) service is successfully listening at (\\S+)");

  private final ServingCertificate certificate;
  private final ChildProcess process;
  private final Map<String, String> addresses = new TreeMap<>();

  private Azurite(Path folder) {
    certificate = ServingCertificate.generate(folder);
    Path log = folder.resolve("azurite.log");
    Map<String, String> environment = new TreeMap<>(System.getenv());
    environment.put("AZURITE_ACCOUNTS", ACCOUNT + ":" + KEY);
    process = ChildProcess.start(command(), environment, log);
    Await.until(
        "Azurite",
        Duration.ofSeconds(60),
        () -> !process.isAlive() || listening(log).size() == 3,
        process::lastLines);
    addresses.putAll(listening(log));
    if (addresses.size() < 3) {
      throw new IllegalStateException("Azurite has ended:\n" + process.lastLines());
    }
  }

  public static Azurite start() {
    try {
      return new Azurite(Files.createTempDirectory("rekey-azurite"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command() {
    Path main = NodeModules.of("azurite").resolve("node_modules/azurite/dist/src/azurite.js");
    return List.of(
        "node",
        main.toString(),
        "--inMemoryPersistence",
        "--silent",
        "--disableTelemetry",
        "--blobPort",
        "0",
        "--queuePort",
        "0",
        "--tablePort",
        "0",
        "--oauth",
        "basic",
        "--cert",
        certificate.certificateFile().toString(),
        "--key",
        certificate.keyFile().toString());
  }

  private static Map<String, String> listening(Path log) {
    try {
      Map<String, String> found = new TreeMap<>();
      Matcher matcher = LISTENING.matcher(Files.exists(log) ? Files.readString(log) : "");
      while (matcher.find()) {
        found.put(matcher.group(1), matcher.group(2));
      }
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The addresses that production would use lead here. */
  public Destinations with(Destinations others) {
    return others
        .with(ACCOUNT + ".queue.core.windows.net", addresses.get("Queue") + "/{account}")
        .with(ACCOUNT + ".table.core.windows.net", addresses.get("Table") + "/{account}");
  }

  /** For a process whose transport is redirected. */
  public List<String> trustArguments() {
    return certificate.trustArguments();
  }

  public URI queues() {
    return URI.create("https://" + ACCOUNT + ".queue.core.windows.net");
  }

  public URI tables() {
    return URI.create("https://" + ACCOUNT + ".table.core.windows.net");
  }

  /** For clients in this process. */
  public RedirectedTransport transport() {
    return new RedirectedTransport(http(), with(Destinations.none()));
  }

  private HttpClient http() {
    return new JdkHttpClientBuilder(
            java.net.http.HttpClient.newBuilder().sslContext(certificate.trust()))
        .build();
  }

  public TokenCredential credential() {
    return StorageToken.credential();
  }

  /** With the account's key, for those who don't test identities. */
  public String connectionString() {
    return "DefaultEndpointsProtocol=https;AccountName=%s;AccountKey=%s;QueueEndpoint=%s/%s;TableEndpoint=%s/%s;"
        .formatted(ACCOUNT, KEY, addresses.get("Queue"), ACCOUNT, addresses.get("Table"), ACCOUNT);
  }

  /** SIGKILL: it would wait for connections that are kept alive. */
  @Override
  public void close() {
    process.kill9();
  }
}
