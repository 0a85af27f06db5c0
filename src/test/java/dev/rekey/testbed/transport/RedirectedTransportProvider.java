package dev.rekey.testbed.transport;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpClientProvider;
import com.azure.core.http.jdk.httpclient.JdkHttpClientProvider;
import com.azure.core.util.HttpClientOptions;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code HttpClient.createDefault()} gives in a process whose environment names it in {@code
 * AZURE_HTTP_CLIENT_IMPLEMENTATION}: production code then talks to the services that {@link
 * #DESTINATIONS} names. Everything else is as in production.
 */
public final class RedirectedTransportProvider implements HttpClientProvider {
  /** {@link Destinations} as text. */
  public static final String DESTINATIONS = "TEST_DESTINATIONS";

  @Override
  public HttpClient createInstance() {
    return redirected(new JdkHttpClientProvider().createInstance());
  }

  @Override
  public HttpClient createInstance(HttpClientOptions options) {
    return redirected(new JdkHttpClientProvider().createInstance(options));
  }

  private static HttpClient redirected(HttpClient transport) {
    return new RedirectedTransport(transport, Destinations.parse(System.getenv(DESTINATIONS)));
  }

  /** What a child process needs in its environment. */
  public static Map<String, String> environment(Destinations destinations) {
    return Map.of(
        "AZURE_HTTP_CLIENT_IMPLEMENTATION",
        RedirectedTransportProvider.class.getName(),
        DESTINATIONS,
        destinations.text());
  }

  /**
   * A child's class path on which azure-core finds this provider.
   *
   * @param folder where the registration is written. It is no resource of the tests: in their own
   *     process it would take the place of the JDK's client.
   */
  public static String classPath(Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(HttpClientProvider.class.getName()),
        RedirectedTransportProvider.class.getName());
    return folder + File.pathSeparator + System.getProperty("java.class.path");
  }
}
