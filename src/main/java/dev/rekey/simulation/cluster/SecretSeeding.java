package dev.rekey.simulation.cluster;

import dev.rekey.simulation.cluster.encryption.EncryptionConfiguration;
import dev.rekey.simulation.cluster.encryption.EncryptionMetrics;
import dev.rekey.simulation.cluster.encryption.TransformFailure;
import dev.rekey.simulation.cluster.encryption.Transformers;
import dev.rekey.simulation.cluster.etcd.SecretKey;
import dev.rekey.simulation.cluster.replica.SharedParts;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Puts Secrets into etcd as an API server of earlier days would have. */
final class SecretSeeding {
  private final SharedParts parts;
  private final Namespaces namespaces;
  private final RandomGenerator random;

  SecretSeeding(SharedParts parts, Namespaces namespaces, RandomGenerator random) {
    this.parts = parts;
    this.namespaces = namespaces;
    this.random = random;
  }

  void store(SecretBatch batch, EncryptionConfiguration writtenBy) {
    Instant now = parts.time().instant();
    Transformers writer =
        new Transformers(writtenBy, parts.keys(), random, new EncryptionMetrics());
    writer.poll(0, now);
    for (int index = 0; index < batch.count(); index++) {
      namespaces.add(batch.namespace(index));
      SecretKey key = SecretKey.of(batch.namespace(index), batch.name(index));
      byte[] content = batch.content(index).toBytes();
      parts.etcd().create(key, now, sealed(writer, content, now), content);
    }
  }

  private static byte[] sealed(Transformers writer, byte[] content, Instant now) {
    try {
      return writer.seal(content, now);
    } catch (TransformFailure unusable) {
      throw new IllegalStateException(
          "Secrets are seeded under a key version that is usable at the time: " + writer, unusable);
    }
  }
}
