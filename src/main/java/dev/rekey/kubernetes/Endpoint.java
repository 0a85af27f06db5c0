package dev.rekey.kubernetes;

import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
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

  /** Far above what anyone keeps in flight; OkHttp's own limit is 5 per host. */
  private static final int MOST_IN_FLIGHT = 1024;

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
   * For lanes: a connection and a thread for each patch in flight, kept warm from one shard to the
   * next. HTTP/1.1, because one HTTP/2 connection would take all patches to one replica.
   */
  OkHttpClient forPatches() {
    Dispatcher dispatcher = new Dispatcher(patchThreads());
    dispatcher.setMaxRequests(MOST_IN_FLIGHT);
    dispatcher.setMaxRequestsPerHost(MOST_IN_FLIGHT);
    return http.newBuilder()
        .protocols(List.of(Protocol.HTTP_1_1))
        .dispatcher(dispatcher)
        // API servers close idle connections after 90 s: we let go of them first.
        .connectionPool(new ConnectionPool(MOST_IN_FLIGHT, 30, TimeUnit.SECONDS))
        .callTimeout(settings.patch())
        .readTimeout(settings.patch())
        .build();
  }

  /** Threads end when they have had nothing to do for a while; none keeps a process alive. */
  private static ExecutorService patchThreads() {
    return new ThreadPoolExecutor(
        0,
        Integer.MAX_VALUE,
        10,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          Thread thread = new Thread(task, "rekey-patch");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public String toString() {
    return server.host() + ":" + server.port();
  }
}
