package dev.rekey.simulation.cluster.encryption;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The identity provider: what is stored is the content itself. */
final class IdentityTransformer implements Transformer {
  private static final TransformationLabels READ = TransformationLabels.read("identity");
  private static final TransformationLabels WRITTEN = TransformationLabels.written("");

  private final EncryptionMetrics metrics;

  IdentityTransformer(EncryptionMetrics metrics) {
    this.metrics = metrics;
  }

  @Override
  public boolean recognises(@Nullable Envelope envelope) {
    return envelope == null;
  }

  @Override
  public Opened open(@Nullable Envelope envelope, byte[] value, Instant now) {
    metrics.add(READ);
    return new Opened(false, () -> value);
  }

  @Override
  public byte[] seal(byte[] content, Instant now) {
    metrics.add(WRITTEN);
    return content;
  }

  @Override
  public boolean poll(Instant now) {
    return true;
  }
}
