package dev.rekey.simulation.cluster.encryption;

import dev.rekey.simulation.key.KeyOperations;
import dev.rekey.simulation.key.KeyRefused;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One configured KMS v1 provider within one process. Each value is sealed with a data key of its
 * own, which the vault wraps; nothing tells under which key version, and no metric names a key.
 */
final class KmsV1Transformer implements Transformer {
  private static final byte[] HEALTH_PROBE = "ping".getBytes(StandardCharsets.US_ASCII);

  private final Provider.KmsV1 provider;
  private final KeyOperations keys;
  private final RandomGenerator random;
  private final EncryptionMetrics metrics;
  private final TransformationLabels readLabels;
  private final TransformationLabels writeLabels;
  private final UnwrappedKeys unwrapped;

  KmsV1Transformer(
      Provider.KmsV1 provider,
      KeyOperations keys,
      RandomGenerator random,
      EncryptionMetrics metrics) {
    this.provider = provider;
    this.keys = keys;
    this.random = random;
    this.metrics = metrics;
    this.readLabels = TransformationLabels.read(provider.prefix());
    this.writeLabels = TransformationLabels.written(provider.prefix());
    this.unwrapped = new UnwrappedKeys(provider.keyUrl(), keys);
  }

  @Override
  public boolean poll(Instant now) {
    try {
      keys.decrypt(provider.keyUrl(), keys.encrypt(provider.keyUrl(), HEALTH_PROBE));
      return true;
    } catch (KeyRefused unusable) {
      return false;
    }
  }

  @Override
  public boolean recognises(@Nullable Envelope envelope) {
    return envelope != null && envelope.keyId().equals(provider.prefix());
  }

  @Override
  public Opened open(@Nullable Envelope envelope, byte[] value, Instant now)
      throws TransformFailure {
    if (envelope == null) {
      throw new IllegalArgumentException("a plain value is for the identity provider");
    }
    try {
      DataKey key = unwrapped.get(envelope.wrappedKey(), now);
      metrics.add(readLabels);
      return new Opened(
          false, () -> key.open(Objects.requireNonNull(Envelope.parse(value)).sealed()));
    } catch (TransformFailure failure) {
      metrics.add(readLabels.failed());
      throw failure;
    }
  }

  @Override
  public byte[] seal(byte[] content, Instant now) throws TransformFailure {
    DataKey dataKey = DataKey.draw(random);
    WrappedKey wrapped = wrap(dataKey);
    unwrapped.put(wrapped, dataKey, now);
    metrics.add(writeLabels);
    return new Envelope(provider.name(), provider.prefix(), wrapped, dataKey.seal(content))
        .toBytesOfV1();
  }

  private WrappedKey wrap(DataKey dataKey) throws TransformFailure {
    try {
      return new WrappedKey(keys.encrypt(provider.keyUrl(), dataKey.seed()));
    } catch (KeyRefused refused) {
      metrics.add(writeLabels.failed());
      throw new TransformFailure("failed to encrypt DEK, error: " + refused.reason());
    }
  }
}
