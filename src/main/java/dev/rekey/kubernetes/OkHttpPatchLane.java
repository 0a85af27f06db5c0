package dev.rekey.kubernetes;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.PatchAnswer;
import dev.rekey.reencryption.PatchMode;
import dev.rekey.reencryption.SecretRef;
import dev.rekey.service.port.PatchLane;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Empty patches over HTTP/1.1, a connection and a thread for each in flight. Connections and
 * threads belong to the lane: a new lane begins on fresh connections, and a closed one leaves
 * nothing behind.
 */
final class OkHttpPatchLane implements PatchLane {
  /** Far above what anyone keeps in flight; OkHttp's own limit is 5 per host. */
  private static final int MOST_IN_FLIGHT = 1024;

  private final EmptyPatch patch;
  private final InstantSource clock;
  private final ExecutorService threads = threads();
  private final OkHttpClient http;
  private final BlockingQueue<Look> looks = new LinkedBlockingQueue<>();

  OkHttpPatchLane(Endpoint endpoint, PatchMode mode) {
    patch = new EmptyPatch(endpoint.server(), mode, endpoint.clock());
    clock = endpoint.clock();
    Dispatcher dispatcher = new Dispatcher(threads);
    dispatcher.setMaxRequests(MOST_IN_FLIGHT);
    dispatcher.setMaxRequestsPerHost(MOST_IN_FLIGHT);
    http = endpoint.forPatches(dispatcher, MOST_IN_FLIGHT);
  }

  @Override
  public void submit(SecretRef secret) {
    if (threads.isShutdown()) {
      throw new IllegalStateException("the lane is closed");
    }
    if (EmptyPatch.canBeSent(secret)) {
      http.newCall(patch.request(secret)).enqueue(new Answer(secret, clock.instant()));
    } else {
      looks.add(new Look(secret, EmptyPatch.unsendable(), Duration.ZERO));
    }
  }

  /**
   * @throws CancellationException if the thread is interrupted
   */
  @Override
  public @Nullable Look take(Instant until) {
    try {
      return looks.poll(
          TimeUnit.NANOSECONDS.convert(Duration.between(clock.instant(), until)),
          TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for answers to patches");
    }
  }

  @Override
  public void close() {
    http.dispatcher().cancelAll();
    threads.shutdown();
    http.connectionPool().evictAll();
  }

  private static ExecutorService threads() {
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

  /** Turns whatever comes of one request into exactly one look. */
  private final class Answer implements Callback {
    private final SecretRef secret;
    private final Instant sentAt;

    Answer(SecretRef secret, Instant sentAt) {
      this.secret = secret;
      this.sentAt = sentAt;
    }

    @Override
    public void onFailure(Call call, IOException failure) {
      add(PatchAnswers.ofFailure(failure));
    }

    @Override
    public void onResponse(Call call, Response response) {
      PatchAnswer answer;
      try {
        answer = patch.answer(secret, response);
      } catch (IOException broken) {
        answer = PatchAnswers.ofFailure(broken);
      } catch (RuntimeException bug) {
        // Without a look the caller would wait for this Secret for ever.
        answer = PatchAnswers.ofFailure(new NotUnderstood("a mistake of ours"));
      }
      add(answer);
    }

    private void add(PatchAnswer answer) {
      looks.add(Looks.look(secret, answer, sentAt, clock));
    }
  }
}
