package dev.rekey.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The address of the API servers and a client that may talk to them.
 *
 * @param http with TLS, credential and user agent; never follows a redirect, which could carry the
 *     token elsewhere, and never sends a request twice by itself, which would count twice at the
 *     API server
 */
record Endpoint(
    HttpUrl server, OkHttpClient http, ConnectionSettings settings, InstantSource clock) {

  static Endpoint open(
      ClusterSection cluster,
      Credential credential,
      ConnectionSettings settings,
      InstantSource clock) {
    ApiClient client =
        new ClientBuilder()
            .setBasePath(cluster.server.toString())
            .setVerifyingSsl(cluster.verified)
            .setTlsServerName(cluster.serverName)
            .setCertificateAuthority(cluster.authority)
            .setAuthentication(target -> provide(credential, target, clock))
            .build();
    OkHttpClient http =
        client
            .getHttpClient()
            .newBuilder()
            .addInterceptor(
                chain ->
                    chain.proceed(
                        chain
                            .request()
                            .newBuilder()
                            .header("User-Agent", settings.userAgent())
                            .build()))
            .addNetworkInterceptor(new SentOnce())
            .connectTimeout(settings.connect())
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .build();
    return new Endpoint(cluster.server, http, settings, clock);
  }

  private static void provide(Credential credential, ApiClient target, InstantSource clock) {
    if (credential instanceof Credential.Certificate certificate) {
      target.setKeyManagers(certificate.keyManagers);
    } else if (credential instanceof Credential.Token token) {
      // client-java puts tokens only on requests that its own generated classes build.
      BearerTokens tokens = new BearerTokens(token.source, token.mostAge, clock);
      target.setHttpClient(target.getHttpClient().newBuilder().addInterceptor(tokens).build());
    } else {
      throw new IllegalStateException("a plugin is run before the connection is opened");
    }
  }

  /** For pages and leases: connections are shared. */
  OkHttpClient forLists() {
    return http.newBuilder().callTimeout(settings.list()).readTimeout(settings.list()).build();
  }

  /**
   * For one look at one replica: nothing is shared, and the connection closes with {@link
   * ConnectionPool#evictAll}.
   */
  OkHttpClient onOneFreshConnection() {
    return http.newBuilder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .connectionPool(new ConnectionPool(1, 1, TimeUnit.MINUTES))
        .callTimeout(settings.metrics())
        .readTimeout(settings.metrics())
        .build();
  }

  /**
   * For a lane: connections of its own, so that a new lane meets the load balancer anew. HTTP/1.1,
   * because one HTTP/2 connection would take all patches to one replica.
   */
  OkHttpClient forPatches(Dispatcher dispatcher, int mostConnections) {
    return http.newBuilder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .dispatcher(dispatcher)
        // API servers close idle connections after 90 s: we let go of them first.
        .connectionPool(new ConnectionPool(mostConnections, 30, TimeUnit.SECONDS))
        .callTimeout(settings.patch())
        .readTimeout(settings.patch())
        .build();
  }

  @Override
  public String toString() {
    return server.host() + ":" + server.port();
  }
}
