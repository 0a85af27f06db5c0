package dev.rekey.kubernetes;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.Probe;
import dev.rekey.reencryption.ReplicaSample;
import dev.rekey.reencryption.SecretRef;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;

/** One fresh TCP connection, and so one API server, whichever the load balancer picks. */
final class OneReplica implements AutoCloseable {
  private static final int MOST_SECRETS = 10;

  private final Endpoint endpoint;
  private final Exchange exchange;
  private final OkHttpClient http;
  private final OkHttpClient patches;
  private final EmptyPatch patch;

  OneReplica(Endpoint endpoint, Exchange exchange) {
    this.endpoint = endpoint;
    this.exchange = exchange;
    this.http =
        endpoint
            .onOneFreshConnection()
            .newBuilder()
            .addNetworkInterceptor(new OneConnection())
            .build();
    this.patches =
        http.newBuilder()
            .callTimeout(endpoint.settings().patch())
            .readTimeout(endpoint.settings().patch())
            .build();
    this.patch = new EmptyPatch(endpoint.server(), PatchMode.APPLY, endpoint.clock());
  }

  ReplicaSample sample() {
    HttpUrl url = endpoint.server().newBuilder().addPathSegment("metrics").build();
    Request request =
        new Request.Builder().url(url).header("Accept", "text/plain;version=0.0.4").build();
    return exchange.read(http, Asked.METRICS, request, EncryptionMetrics::read);
  }

  /** Claims nothing unless the same process answered before and after, over the one connection. */
  Probe probe(List<SecretRef> secrets) {
    if (secrets.isEmpty() || secrets.size() > MOST_SECRETS) {
      throw new IllegalArgumentException("a probe takes 1 to " + MOST_SECRETS + " Secrets");
    }
    ReplicaSample before = sample();
    List<Look> looks = new ArrayList<>();
    for (SecretRef secret : secrets) {
      looks.add(look(secret));
    }
    ReplicaSample after = sample();
    if (!before.replica().equals(after.replica())
        || !before.processStart().equals(after.processStart())) {
      throw exchange.faults().ofFailure(Asked.PROBE, new ConnectionChanged());
    }
    return new Probe(before, looks, after);
  }

  private Look look(SecretRef secret) {
    Instant sentAt = endpoint.clock().instant();
    if (!EmptyPatch.canBeSent(secret)) {
      return Looks.look(secret, EmptyPatch.unsendable(), sentAt, endpoint.clock());
    }
    try {
      PatchAnswer answer = patch.answer(secret, patches.newCall(patch.request(secret)).execute());
      return Looks.look(secret, answer, sentAt, endpoint.clock());
    } catch (IOException failure) {
      throw exchange.faults().ofBody(Asked.PROBE, failure);
    }
  }

  @Override
  public void close() {
    http.connectionPool().evictAll();
  }
}
