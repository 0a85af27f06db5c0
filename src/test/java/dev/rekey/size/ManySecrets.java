package dev.rekey.size;

import dev.rekey.testbed.PlainRequests;
import dev.rekey.testbed.PlainRequests.Answer;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Creates many Secrets through an API server, and remembers none of them. */
final class ManySecrets {
  private static final int IN_FLIGHT = 48;

  private final PlainRequests admin;
  private final String data;

  ManySecrets(PlainRequests admin, int bytes) {
    this.admin = admin;
    this.data = Base64.getEncoder().encodeToString(new byte[bytes]);
  }

  /** In a new namespace, {@code secret-00000} and so on. */
  void create(String namespace, int count) throws InterruptedException {
    send("/api/v1/namespaces", "{\"metadata\": {\"name\": \"%s\"}}".formatted(namespace)).join();
    Semaphore free = new Semaphore(IN_FLIGHT);
    CompletableFuture<Void> failed = new CompletableFuture<>();
    for (int number = 0; number < count; number++) {
      free.acquire();
      send("/api/v1/namespaces/" + namespace + "/secrets", secret(number))
          .whenComplete(
              (answer, failure) -> {
                free.release();
                if (failure != null) {
                  failed.completeExceptionally(failure);
                }
              });
    }
    free.acquire(IN_FLIGHT);
    failed.complete(null);
    failed.join();
  }

  private String secret(int number) {
    return "{\"metadata\": {\"name\": \"secret-%05d\"}, \"data\": {\"value\": \"%s\"}}"
        .formatted(number, data);
  }

  private CompletableFuture<Answer> send(String path, String json) {
    return admin.send("POST", path, "application/json", json).thenApply(Answer::expectSuccess);
  }
}
