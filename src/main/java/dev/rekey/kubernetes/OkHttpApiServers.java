package dev.rekey.kubernetes;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.PatchLane;
import dev.rekey.service.port.SecretsPage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The API servers behind one address. */
final class OkHttpApiServers implements ApiServers {
  private static final int PAGE = 500;

  private final Endpoint endpoint;
  private final OkHttpClient lists;
  private final OkHttpClient patches;
  private final Exchange exchange;

  OkHttpApiServers(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.lists = endpoint.forLists();
    this.patches = endpoint.forPatches();
    this.exchange = new Exchange(endpoint);
  }

  @Override
  public SecretsPage listSecrets(String namespace, @Nullable String next, int most) {
    Asked asked = Asked.secrets(namespace);
    if (!PathSegment.canBe(namespace)) {
      throw exchange.faults().ofBody(asked, new NotUnderstood("no namespace is called that"));
    }
    HttpUrl.Builder url =
        endpoint
            .server()
            .newBuilder()
            .addPathSegments("api/v1/namespaces")
            .addPathSegment(namespace)
            .addPathSegment("secrets");
    return exchange.read(
        lists,
        asked,
        page(url, next, most),
        body -> NameTable.read(body).secrets(namespace),
        (refusal, fault) -> UndecryptableInList.stop(refusal, namespace, next, fault));
  }

  @Override
  public Listing<String> listNamespaces(@Nullable String next) {
    HttpUrl.Builder url = endpoint.server().newBuilder().addPathSegments("api/v1/namespaces");
    Request request = page(url, next, PAGE);
    return exchange.read(lists, Asked.NAMESPACES, request, NameTable::read).listing();
  }

  private static Request page(HttpUrl.Builder url, @Nullable String next, int most) {
    url.addQueryParameter("limit", String.valueOf(most));
    if (next != null) {
      url.addQueryParameter("continue", next);
    }
    return NamesOnly.request(url).build();
  }

  /** Those that carry today's label, and those of API servers before 1.27. */
  @Override
  public List<ReplicaLease> leases() {
    List<ReplicaLease> all = new ArrayList<>(leases("apiserver.kubernetes.io/identity"));
    leases("k8s.io/component").stream().filter(lease -> !all.contains(lease)).forEach(all::add);
    return all;
  }

  private List<ReplicaLease> leases(String label) {
    HttpUrl url =
        endpoint
            .server()
            .newBuilder()
            .addPathSegments("apis/coordination.k8s.io/v1/namespaces/kube-system/leases")
            .addQueryParameter("labelSelector", label + "=kube-apiserver")
            .build();
    Request request = new Request.Builder().url(url).header("Accept", "application/json").build();
    return exchange.read(lists, Asked.LEASES, request, Leases::read);
  }

  @Override
  public ReplicaSample sample() {
    try (OneReplica replica = new OneReplica(endpoint, exchange)) {
      return replica.sample();
    }
  }

  @Override
  public Probe probe(List<SecretRef> secrets) {
    try (OneReplica replica = new OneReplica(endpoint, exchange)) {
      return replica.probe(secrets);
    }
  }

  @Override
  public PatchLane openLane(PatchMode mode) {
    OkHttpClient http = mode == PatchMode.APPLY_AFRESH ? afresh() : patches;
    return new OkHttpPatchLane(endpoint, http, mode);
  }

  /** Keeps no connection for another request; shares all else. */
  private OkHttpClient afresh() {
    return patches
        .newBuilder()
        .connectionPool(new ConnectionPool(0, 1, TimeUnit.MILLISECONDS))
        .build();
  }

  /** Lanes are closed by who opened them; what they left in flight ends here. */
  @Override
  public void close() {
    close(endpoint.http());
    close(patches);
  }

  private static void close(OkHttpClient http) {
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
