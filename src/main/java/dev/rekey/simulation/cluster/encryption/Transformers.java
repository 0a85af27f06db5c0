package dev.rekey.simulation.cluster.encryption;

import dev.rekey.simulation.key.KeyOperations;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * All providers of one configuration in one process. A configuration that is loaded again starts
 * with empty hands: it has to unwrap every data key anew.
 */
public final class Transformers {
  private static final TransformationLabels READ_BY_NOBODY =
      TransformationLabels.read("unknown").failed();

  private final EncryptionConfiguration configuration;
  private final EncryptionMetrics metrics;
  private final List<Transformer> inOrder;

  public Transformers(
      EncryptionConfiguration configuration,
      KeyOperations keys,
      RandomGenerator random,
      EncryptionMetrics metrics) {
    this.configuration = configuration;
    this.metrics = metrics;
    this.inOrder =
        configuration.providers().stream()
            .map(provider -> transformer(provider, keys, random, metrics))
            .toList();
  }

  public EncryptionConfiguration configuration() {
    return configuration;
  }

  public int size() {
    return inOrder.size();
  }

  /** Whether a provider has a plugin to look after. */
  public boolean needsPolling(int provider) {
    return !(inOrder.get(provider) instanceof IdentityTransformer);
  }

  /** Asks one provider's plugin how it is. */
  public boolean poll(int provider, Instant now) {
    return inOrder.get(provider).poll(now);
  }

  /** Reads a stored value by the first provider that recognises it and succeeds. */
  public Opened open(byte[] value, Instant now) throws TransformFailure {
    Envelope envelope = Envelope.parse(value);
    TransformFailure failure = null;
    for (int index = 0; index < inOrder.size(); index++) {
      Transformer transformer = inOrder.get(index);
      if (transformer.recognises(envelope)) {
        try {
          return transformer.open(envelope, value, now).from(index);
        } catch (TransformFailure next) {
          failure = failure == null ? next : failure;
        }
      }
    }
    throw failure != null ? failure : noneMatches();
  }

  /** What the first provider makes of the content. */
  public byte[] seal(byte[] content, Instant now) throws TransformFailure {
    return inOrder.get(0).seal(content, now);
  }

  /**
   * The accident of kubernetes-kms#291: the value lies under a key version that has dropped out of
   * both slots.
   */
  private TransformFailure noneMatches() {
    metrics.add(READ_BY_NOBODY);
    return new TransformFailure("no matching prefix found");
  }

  private static Transformer transformer(
      Provider provider, KeyOperations keys, RandomGenerator random, EncryptionMetrics metrics) {
    if (provider instanceof Provider.KmsV1 kms) {
      return new KmsV1Transformer(kms, keys, random, metrics);
    }
    return provider instanceof Provider.Kms kms
        ? new KmsTransformer(kms, keys, random, metrics)
        : new IdentityTransformer(metrics);
  }

  @Override
  public String toString() {
    return configuration.toString();
  }
}
