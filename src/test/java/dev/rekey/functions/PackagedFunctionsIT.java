package dev.rekey.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rekey.testbed.functionshost.FunctionsHost;
import dev.rekey.testbed.functionshost.HostOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The staged package: what is in it, and that a host runs it whatever its settings. */
class PackagedFunctionsIT {
  private static final Path APP = Path.of("target", "azure-functions", "rekey");
  private static final long MOST_BYTES = 45L * 1024 * 1024;

  /** Nobody listens there: nothing here needs a queue. */
  private static final String NO_STORAGE =
      "DefaultEndpointsProtocol=http;AccountName=store1;AccountKey=a2V5;"
          + "QueueEndpoint=http://127.0.0.1:9/store1;";

  @Test
  void theFunctionsJar_holdsNeitherTheSimulationNorTheCommandLine() throws IOException {
    Path jar = files(".jar").filter(file -> APP.equals(file.getParent())).findFirst().orElseThrow();

    try (JarFile open = new JarFile(jar.toFile())) {
      assertThat(open.stream().map(ZipEntry::getName))
          .contains("dev/rekey/functions/OnKeyEvent.class")
          .noneMatch(name -> name.matches("dev/rekey/(simulation|cli|app/commandline)/.+"));
      assertThat(open.getManifest().getMainAttributes().getValue("Implementation-Version"))
          .isNotBlank();
    }
  }

  @Test
  void theLibraries_areThoseOfTheFunctionsAndFitIn45MiB() throws IOException {
    List<String> libraries = files(".jar").map(file -> file.getFileName().toString()).toList();

    assertThat(libraries)
        .noneMatch(name -> name.matches("(picocli|netty|azure-functions-java-core).*"));
    assertThat(files("").mapToLong(file -> file.toFile().length()).sum()).isLessThan(MOST_BYTES);
  }

  @Test
  void settingsAreMissing_everyKindOfFunctionSaysSoAtOnce() throws Exception {
    try (FunctionsHost host = start(Map.of())) {
      assertThat(get(host, "/api/health").statusCode()).isEqualTo(503);
      HttpResponse<String> clusters = get(host, "/api/clusters?code=function");
      assertThat(clusters.statusCode()).isEqualTo(503);
      assertThat(clusters.body()).contains("invalid-settings", "REKEY_SCOPES");
      HttpResponse<String> event = deliver(host, "key-near-expiry.json");
      assertThat(event.statusCode()).isEqualTo(500);
      assertThat(event.body()).contains("InvalidSettings", "REKEY_SCOPES");
    }
  }

  @Test
  void settingsCanBeUsed_healthIsOkAndReadsNeedAKey() throws Exception {
    Map<String, String> scopes =
        Map.of("REKEY_SCOPES", "/subscriptions/11111111-2222-3333-4444-555555555555");
    try (FunctionsHost host = start(scopes)) {
      HttpResponse<String> health = get(host, "/api/health");
      assertThat(health.statusCode()).isEqualTo(200);
      assertThat(health.body()).startsWith("{\"status\":\"ok\"").doesNotContain("\"dev\"");
      assertThat(get(host, "/api/clusters").statusCode()).isEqualTo(401);
      assertThat(deliver(host, "secret-new-version-created.json").statusCode()).isEqualTo(202);
    }
  }

  private static FunctionsHost start(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("AzureWebJobsStorage__accountName", "store1");
    settings.put("AzureWebJobsStorage__credential", "managedidentity");
    HostOptions options = HostOptions.defaults().storageAccount("store1", NO_STORAGE).timers(false);
    return FunctionsHost.start(APP, settings, options);
  }

  private static HttpResponse<String> get(FunctionsHost host, String path) throws Exception {
    return send(HttpRequest.newBuilder(URI.create(host.address() + path)).build());
  }

  private static HttpResponse<String> deliver(FunctionsHost host, String payload) throws Exception {
    String path = "/runtime/webhooks/eventgrid?functionName=OnKeyEvent";
    try (InputStream stream =
        PackagedFunctionsIT.class.getResourceAsStream("/eventgrid/" + payload)) {
      String body = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return send(
          HttpRequest.newBuilder(URI.create(host.address() + path))
              .header("aeg-event-type", "Notification")
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build());
    }
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Stream<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(APP)) {
      return all
          .filter(file -> Files.isRegularFile(file) && file.toString().endsWith(ending))
          .toList()
          .stream();
    }
  }
}
