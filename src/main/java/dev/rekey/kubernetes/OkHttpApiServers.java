package dev.rekey.kubernetes;

import dev.rekey.reencryption.Listing;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaLease;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.ApiServers;
import dev.rekey.service.port.PatchLane;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The API servers behind one address. */
final class OkHttpApiServers implements ApiServers {
  private static final String PAGE = "500";

  /**
   * Alone: with a plain {@code application/json} beside it the server may answer with whole
   * Secrets.
   */
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1";

  private final Endpoint endpoint;
  private final OkHttpClient lists;
  private final Exchange exchange;

  OkHttpApiServers(Endpoint endpoint) {
    this.endpoint = endpoint;
    this.lists = endpoint.forLists();
    this.exchange = new Exchange(endpoint);
  }

  @Override
  public Listing<SecretRef> listSecrets(@Nullable String namespace, @Nullable String next) {
    HttpUrl.Builder url = endpoint.server().newBuilder().addPathSegments("api/v1");
    if (namespace != null) {
      url.addPathSegment("namespaces").addPathSegment(namespace);
    }
    url.addPathSegment("secrets");
    return exchange.read(lists, Asked.secrets(namespace), page(url, next), MetadataList::secrets);
  }

  @Override
  public Listing<String> listNamespaces(@Nullable String next) {
    HttpUrl.Builder url = endpoint.server().newBuilder().addPathSegments("api/v1/namespaces");
    return exchange.read(lists, Asked.NAMESPACES, page(url, next), MetadataList::names);
  }

  private static Request page(HttpUrl.Builder url, @Nullable String next) {
    url.addQueryParameter("limit", PAGE);
    if (next != null) {
      url.addQueryParameter("continue", next);
    }
    return new Request.Builder().url(url.build()).header("Accept", METADATA_ONLY).build();
  }

  @Override
  public List<ReplicaLease> leases() {
    HttpUrl url =
        endpoint
            .server()
            .newBuilder()
            .addPathSegments("apis/coordination.k8s.io/v1/namespaces/kube-system/leases")
            .addQueryParameter("labelSelector", "apiserver.kubernetes.io/identity=kube-apiserver")
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
    return new OkHttpPatchLane(endpoint, mode);
  }

  /** Lanes are closed by who opened them. */
  @Override
  public void close() {
    OkHttpClient http = endpoint.http();
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }
}
