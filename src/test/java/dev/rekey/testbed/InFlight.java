package dev.rekey.testbed;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.stream.Stream;

/** Many requests at once over one connection, but never more than the API server takes there. */
final class InFlight {
  private static final int MOST = 48;

  private InFlight() {}

  /** The results in the order of the inputs; fails with the first failure, after all have ended. */
  static <T, R> List<R> map(Stream<T> inputs, Function<T, CompletableFuture<R>> call) {
    Semaphore free = new Semaphore(MOST);
    List<CompletableFuture<R>> calls =
        inputs
            .map(
                input -> {
                  free.acquireUninterruptibly();
                  return call.apply(input).whenComplete((result, failure) -> free.release());
                })
            .toList();
    CompletableFuture.allOf(calls.toArray(CompletableFuture<?>[]::new)).join();
    return calls.stream().map(CompletableFuture::join).toList();
  }
}
