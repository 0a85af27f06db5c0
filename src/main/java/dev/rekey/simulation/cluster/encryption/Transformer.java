package dev.rekey.simulation.cluster.encryption;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One provider at work. */
sealed interface Transformer permits KmsTransformer, KmsV1Transformer, IdentityTransformer {

  /** Whether a stored value is of its kind; the envelope is null if the value is plain. */
  boolean recognises(@Nullable Envelope envelope);

  Opened open(@Nullable Envelope envelope, byte[] value, Instant now) throws TransformFailure;

  byte[] seal(byte[] content, Instant now) throws TransformFailure;

  /** Finds out whether it is well, and keeps it so. */
  boolean poll(Instant now);
}
