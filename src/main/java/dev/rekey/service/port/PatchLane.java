package dev.rekey.service.port;

import dev.rekey.reencryption.Look;
import dev.rekey.reencryption.SecretRef;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Empty patches in flight. One thread submits and takes; the adapter keeps the requests going in
 * between. A lane never throws for one Secret's sake: whatever happens to it is the {@link Look}'s
 * answer.
 */
public interface PatchLane extends AutoCloseable {

  /** Sends an empty patch and returns at once. How many may be in flight is the caller's matter. */
  void submit(SecretRef secret);

  /**
   * The next answer, in order of arrival; waits for one.
   *
   * @param until when to give up waiting, if none has come
   * @return null if none came in time. With nothing in flight this is a plain wait
   */
  @Nullable Look take(Instant until);

  /** Gives up whatever is still in flight. */
  @Override
  void close();
}
